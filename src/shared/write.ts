import { DeadlockException, type EntityManager } from '@mikro-orm/postgresql';
import type { Context } from './context.js';
import { Refusal } from './errors.js';
import { type Idempotency, type Kept, once } from './idempotency.js';
import { sessionOf } from './policies.js';
import { closeSnapshot, openSnapshot } from './snapshot.js';

const TRIES = 4;

/**
 * One write, one transaction, on an entity manager of its own that knows the viewer. What is thrown inside rolls all of
 * it back. Serialization failures and deadlocks are tried again, up to three times. Afterwards the request reads anew.
 *
 * With an Idempotency-Key the work is done once for all requests with this key. What the answer is read from must be
 * what the work returns: a repetition has nothing else.
 */
export async function write<T extends Kept>(ctx: Context, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  await closeSnapshot(ctx);
  const { idempotency } = ctx;
  const result = idempotency ? await writeOnce(ctx, idempotency, work) : await inTransaction(ctx, work);
  ctx.forget();
  await openSnapshot(ctx);
  return result;
}

/**
 * A write that has to look around first, in more than a transaction should hold: `prepare` reads before it begins. What
 * that refuses belongs to the answer of the mutation, so with an Idempotency-Key it is kept like any refusal, and a
 * repetition is told what was told first, whatever is found now.
 */
export async function writePrepared<P, T extends Kept>(
  ctx: Context,
  prepare: () => Promise<P>,
  work: (tx: EntityManager, prepared: P) => Promise<T>,
): Promise<T> {
  let prepared: P;
  try {
    prepared = await prepare();
  } catch (error) {
    if (!ctx.idempotency || !(error instanceof Refusal)) throw error;
    return write(ctx, () => Promise.reject(error));
  }
  return write(ctx, tx => work(tx, prepared));
}

async function writeOnce<T extends Kept>(
  ctx: Context,
  idempotency: Idempotency,
  work: (tx: EntityManager) => Promise<T>,
): Promise<T> {
  if (idempotency.writes) throw new Error('A mutation writes once: its key has one result.');
  idempotency.writes = true;
  const { result, refusal, entry } = await inTransaction(ctx, tx => once(ctx, idempotency, tx, work));
  idempotency.entry = entry;
  if (refusal) throw new Refusal(refusal.code, refusal.message, refusal.path, refusal.detail);
  return result as T;
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
