import { pino } from 'pino';
import { openHub } from '../../../src/hub.js';
import { systemClock } from '../../../src/shared/clock.js';
import { developmentIssuer, openDevelopmentKeys } from '../../../src/viewer/development-keys.js';
import { createSignIn } from '../../../src/viewer/sign-in.js';
import { type Sent, watchPostgres } from '../gate/watch.js';
import { type Asked, askOf, type Question } from './questions.js';
import type { Scene } from './scene.js';

/**
 * Asks a hub in this process the first requests of questions, and hands over what it sent to PostgreSQL for each, with its
 * answer. Statements of a connection's beginning are left out.
 */
export async function takeDown(
  { dataDir, database, asked, request }: Scene,
  questions: readonly Question[],
  most: number,
  note: (question: Question, one: Asked, sent: Sent, answer: string) => void,
): Promise<void> {
  const watch = watchPostgres();
  const hub = await openHub({
    clientUrl: database.url,
    signIn: createSignIn(developmentIssuer(await openDevelopmentKeys(dataDir)), systemClock),
    clock: systemClock,
    logger: pino({ level: 'silent' }),
    explorer: false,
    introspection: false,
  });
  try {
    for (const question of questions) {
      const all = asked.get(question)!.slice(0, most);
      // The first one twice: what is sent once for a connection is sent then.
      for (const [i, one] of [all[0]!, ...all].entries()) {
        const { body: payload, authorization } = await request(askOf(question, one, 'hub'));
        const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
        let answer = '';
        const sent = await watch.sentBy(async () => {
          const { statusCode, body } = await hub.app.inject({ method: 'POST', url: '/graphql', headers, payload });
          if (statusCode !== 200 || body.includes('"errors":[')) throw new Error(`${question.name}: ${body}`);
          answer = body;
        });
        if (i > 0) note(question, one, sent, answer);
      }
    }
  } finally {
    await hub.close();
    watch.stop();
  }
}
