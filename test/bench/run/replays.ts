import { createHash } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { askOf, type Question } from './questions.js';
import type { Scene } from './scene.js';
import { takeDown } from './take-down.js';

const READS = /^\s*(select|with|values)\b/i;

/** Takes down what the hub sends for each request of the questions that the limit replays. */
export async function writeReplays(scene: Scene, questions: readonly Question[]): Promise<void> {
  const lines: string[] = [];
  const replayed = questions.filter(question => question.replayed);
  if (replayed.length === 0) return;
  await takeDown(scene, replayed, Number.POSITIVE_INFINITY, (question, one, { texts, values }, answer) => {
    const { operationName, variables } = askOf(question, one, 'limit');
    const statements = texts
      .map((text, i) => ({ name: createHash('md5').update(text).digest('hex'), text, values: values[i]! }))
      .filter(({ text }) => READS.test(text));
    const data = JSON.stringify((JSON.parse(answer) as { data: unknown }).data);
    // One statement whose only column is the answer: it comes out of PostgreSQL anew each time.
    const whole = statements.length === 1 && / as json\s*$/.test(statements[0]!.text);
    lines.push(JSON.stringify({ key: `${operationName} ${JSON.stringify(variables)}`, statements, data, whole }));
  });
  await appendFile(scene.replays, lines.map(line => `${line}\n`).join(''));
}
