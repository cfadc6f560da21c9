import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { demoHub } from '../support/demo-hub.js';

const hub = demoHub('documents_readme');

const SECTION = /\n## Inclusion work and funding\n([\s\S]*?)\n## /;
const EXAMPLE = /```graphql\n# (\S+)\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/g;

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const examples = [...(SECTION.exec(readme)?.[1] ?? '').matchAll(EXAMPLE)].map(
  ([, persona, query, answer]) => [persona!, query!, answer!] as const,
);

test('the README asks five questions', () => {
  expect(examples).toHaveLength(5);
});

test.each(examples)('what the README lets %s ask is answered as it says', async (persona, query, answer) => {
  const told = await hub.ask(persona === 'nobody' ? null : persona, query);
  expect(told).toEqual(JSON.parse(answer));
});
