import { configOfProcess } from '../config.js';
import { systemClock } from '../shared/clock.js';
import type { Context } from '../shared/context.js';
import { createLogger } from '../shared/log.js';
import { StartFault } from '../shared/start-fault.js';
import { ANONYMOUS } from '../viewer/viewer.rules.js';

/**
 * Work on the hub's database as somebody who is not signed in, by the role that serves: what is read so may be
 * published. A running hub goes on meanwhile.
 *
 * @throws StartFault, also for what the work refuses as malformed
 */
export async function asAnybody<T>(work: (ctx: Context) => Promise<T>): Promise<T> {
  await import('reflect-metadata'); // before anything that the work imports
  const [{ openPrepared }, { openHub }] = await Promise.all([import('./open-prepared.js'), import('../hub.js')]);
  const { database } = await openPrepared(configOfProcess('command'), { serving: false, migrating: false });
  try {
    const hub = await openHub({
      clientUrl: database.url,
      signIn: { identify: async () => null },
      clock: systemClock,
      logger: createLogger('silent'),
      explorer: false,
      introspection: false,
    });
    try {
      return await work(hub.contextOf(ANONYMOUS));
    } finally {
      await hub.close();
    }
  } catch (error) {
    throw await faultOf(error);
  } finally {
    await database.close();
  }
}

/** `input.category` is the option `--category`. */
async function faultOf(error: unknown): Promise<unknown> {
  const { ErrorCode, PublicError } = await import('../shared/errors.js');
  if (!(error instanceof PublicError) || error.extensions.code !== ErrorCode.BAD_USER_INPUT) return error;
  const option = String(error.extensions.argument ?? '')
    .split('.')
    .at(-1);
  return new StartFault(option ? `--${option}: ${error.message}` : error.message);
}
