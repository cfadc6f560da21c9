import { DeadlockException, type EntityManager, ForeignKeyConstraintViolationException } from '@mikro-orm/postgresql';
import type { Context } from './context.js';
import { Refusal, UserErrorCode } from './errors.js';
import { type Idempotency, type Kept, once } from './idempotency.js';
import { sessionOf } from './policies.js';
import { closeSnapshot, openSnapshot } from './snapshot.js';

const TRIES = 4;

/**
 * One write, one transaction, on an entity manager of its own that knows the viewer. What is thrown inside rolls all of
 * it back. Serialization failures, deadlocks, and what two partners that became one meanwhile get in the way of, are tried
 * again, up to three times. Afterwards the request reads anew.
 *
 * With an Idempotency-Key the work is done once for all requests with this key. What the answer is read from must be
 * what the work returns: a repetition has nothing else.
 */
export async function write<T extends Kept>(ctx: Context, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  await closeSnapshot(ctx);
  const { idempotency } = ctx;
  const upToDate = (tx: EntityManager) => work(tx).catch(error => askAnew(ctx, tx, error));
  const result = idempotency ? await writeOnce(ctx, idempotency, upToDate) : await inTransaction(ctx, upToDate);
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
      if (!isPassing(error) || attempt === TRIES) throw error;
    }
  }
}

/** Who is asking edits another partner than when the request began: hers was merged into it. */
class OutOfDate extends Error {}

/** What was not found may be another partner's since the request began, and that one the viewer's. */
async function askAnew(ctx: Context, tx: EntityManager, error: unknown): Promise<never> {
  const missing = error instanceof Refusal && error.code === UserErrorCode.NOT_FOUND;
  throw missing && (await ctx.lookAgain(tx)) ? new OutOfDate() : error;
}

/** Does it go better the next time? Both 40001 and 40P01 arrive as DeadlockException. */
const isPassing = (error: unknown): boolean =>
  error instanceof DeadlockException || error instanceof OutOfDate || isOfMovedService(error);

/** The service was its partner's when it was read, and moved to another before what names both was stored. */
const isOfMovedService = (error: unknown): boolean =>
  error instanceof ForeignKeyConstraintViolationException && /_service_same_partner"/.test(error.message);
