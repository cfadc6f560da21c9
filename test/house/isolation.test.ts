import { expect, test } from 'vitest';
import { sourcesIn } from './sources.js';

/** Of `vitest.config.ts`: the others share their modules, and would meet what these put in their places. */
const ALONE = /^test\/(http\/|.*\/(access-off|[^/]+\.alone)\.test\.ts$)/;
const MODULES_OF_ITS_OWN = /^vi\.(do)?mock\(|^@(Resolver|ObjectType|InputType|Entity)\(/m;

test('only tests that run alone put modules, types or resolvers of their own in place', async () => {
  const own = (await sourcesIn('test')).filter(({ text }) => MODULES_OF_ITS_OWN.test(text)).map(({ path }) => path);
  expect(own.filter(path => !ALONE.test(path))).toEqual([]);
  expect(own.length).toBeGreaterThan(3);
});
