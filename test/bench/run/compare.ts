import { isDeepStrictEqual } from 'node:util';
import type { Server } from './processes.js';
import { askOf, type Question } from './questions.js';
import type { Scene } from './scene.js';
import type { Ask, Subject } from './subject.js';

/** Requests of each question that everybody's answers are compared of. */
const SAMPLE = 20;

/**
 * Asks everybody the same and compares the answers.
 *
 * @returns how many answers were the same
 * @throws Error that shows the first difference
 */
export async function compare(
  scene: Scene,
  question: Question,
  servers: ReadonlyMap<Subject, Server>,
): Promise<number> {
  const all = scene.asked.get(question)!;
  // Spread over all of them: the first ones may be of one kind.
  const step = Math.max(1, Math.floor(all.length / SAMPLE));
  const sample = all.filter((_, i) => i % step === 0).slice(0, SAMPLE);
  let same = 0;
  for (const asked of sample) {
    const told = async (subject: Subject): Promise<unknown> =>
      question.told(await dataOf(scene, servers.get(subject)!, askOf(question, asked, subject)), subject);
    const hub = await told('hub');
    for (const peer of question.peers) {
      if (!servers.has(peer)) continue;
      const other = await told(peer);
      if (!isDeepStrictEqual(plain(other), plain(hub))) throw new Error(difference(question, peer, hub, other));
      same += 1;
    }
  }
  return same;
}

/** What JSON keeps of it. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const SHOWN = 1500;

const difference = ({ name }: Question, peer: Subject, hub: unknown, other: unknown): string =>
  [
    `${name}: the hub and ${peer} answer differently.`,
    `hub: ${JSON.stringify(hub).slice(0, SHOWN)}`,
    `${peer}: ${JSON.stringify(other).slice(0, SHOWN)}`,
  ].join('\n');

async function dataOf(scene: Scene, { url }: Server, ask: Ask): Promise<unknown> {
  const { body, authorization } = await scene.request(ask);
  const headers = { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) };
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const answer = response.ok ? (JSON.parse(text) as { data?: unknown; errors?: unknown }) : { errors: text };
  if (answer.errors) throw new Error(`${ask.operationName} at ${url}: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}
