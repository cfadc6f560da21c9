import { DeadlockException, type EntityManager } from '@mikro-orm/postgresql';
import type { Context } from './context.js';
import { sessionOf } from './policies.js';
import { closeSnapshot, openSnapshot } from './snapshot.js';

const TRIES = 4;

/**
 * One write, one transaction, on an entity manager of its own that knows the viewer. What is thrown inside rolls all of
 * it back. Serialization failures and deadlocks are tried again, up to three times. Afterwards the request reads anew.
 */
export async function write<T>(ctx: Context, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  await closeSnapshot(ctx);
  const result = await inTransaction(ctx, work);
  ctx.forget();
  await openSnapshot(ctx);
  return result;
}

/** The same without what is around it in a request: for what is done after the answer. */
export async function inTransaction<T>(ctx: Context, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ctx.em.fork({ session: sessionOf(ctx.viewer, ctx.now) }).transactional(work, { clear: true });
    } catch (error) {
      // Both 40001 and 40P01 arrive as this one.
      if (!(error instanceof DeadlockException) || attempt === TRIES) throw error;
    }
  }
}
