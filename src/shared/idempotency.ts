import { createHash } from 'node:crypto';
import { DriverException, type EntityManager } from '@mikro-orm/postgresql';
import { change, changeOne } from './change.js';
import type { Context } from './context.js';
import { ErrorCode, PublicError, Refusal, UserErrorCode, unauthenticated } from './errors.js';
import { expiry } from './idempotency.rules.js';
import { sessionOf } from './policies.js';
import { rowsOf, type Sql, sql } from './sql.js';

/** A mutation that came with an Idempotency-Key. */
export interface Idempotency {
  readonly key: string;
  /** Of the whole request. */
  readonly fingerprint: string;
  /** Milliseconds to wait for an earlier request with this key. */
  readonly waitMs: number;
  /** The mutation has begun its one write. */
  writes?: true;
  /** What is told is not kept: it is a secret. A repetition is told what can be read anew. */
  untold?: true;
  /** What that left under the key, or found there. */
  entry?: Entry;
}

interface Entry {
  /** With the account and the key it names the row: the key may be another's a day later. */
  readonly createdAt: Date;
  readonly replayed: boolean;
  /** What was told, as far as that is known already. */
  readonly answer: ToldAnswer | null;
}

export interface ToldAnswer {
  /** `data` of the response. */
  readonly data: unknown;
  /** What the viewer might do when she was told so; see `rightsOf`. */
  readonly rights: string;
}

/** What a write returns is kept as JSON: the ids of what it made, from which the answer is read. */
export type Kept = string | number | boolean | null | readonly Kept[] | { readonly [name: string]: Kept };

/** What the row of a key holds, once its transaction has ended. */
interface Row<T> {
  fingerprint: string;
  created_at: Date;
  result: T;
  refusal: Pick<Refusal, 'code' | 'message' | 'path' | 'detail'> | null;
  answer: ToldAnswer | null;
}

export interface Outcome<T> extends Pick<Row<T>, 'refusal'> {
  entry: Entry;
  /** Where there is no refusal. */
  result?: T;
}

/**
 * Does the work of a mutation and keeps its result, or its refusal, under the key, or finds what was kept there: all in
 * the caller's transaction. Whatever else the work throws leaves nothing, not even the key.
 *
 * @throws Refusal IDEMPOTENCY_MISMATCH
 * @throws PublicError IDEMPOTENCY_IN_PROGRESS
 */
export async function once<T extends Kept>(
  { viewer, now }: Context,
  { key, fingerprint, waitMs }: Idempotency,
  tx: EntityManager,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Outcome<T>> {
  if (!viewer.accountId) throw unauthenticated('Only an account has keys.');
  const row = sql`account_id = ${viewer.accountId} and key = ${key}`;
  const fresh = await claim(
    tx,
    sql`insert into idempotency_key (account_id, key, fingerprint, created_at)
        values (${viewer.accountId}, ${key}, ${fingerprint}, ${now})
        on conflict (account_id, key) do update set
          fingerprint = excluded.fingerprint, created_at = excluded.created_at, result = null, refusal = null, answer = null
        where idempotency_key.created_at < ${expiry(now)}
        returning key`,
    waitMs,
  );
  if (!fresh) return known<T>(tx, row, fingerprint);
  const outcome = await attempt(tx, work);
  const { result, refusal } = outcome;
  await changeOne(
    tx,
    refusal
      ? sql`update idempotency_key set refusal = ${JSON.stringify(refusal)}::jsonb where ${row}`
      : sql`update idempotency_key set result = ${JSON.stringify(result)}::jsonb where ${row}`,
  );
  return { ...outcome, entry: { createdAt: now, replayed: false, answer: null } };
}

/**
 * Is the key free? Then it is taken: whoever comes with it now waits for the end of this transaction. One that is not
 * free stays locked, so that it cannot expire meanwhile.
 */
async function claim(tx: EntityManager, insert: Sql, waitMs: number): Promise<boolean> {
  await tx.execute(`set local lock_timeout = ${waitMs}`);
  const rows = await rowsOf(tx, insert).catch(error => {
    throw error instanceof DriverException && error.code === LOCK_NOT_AVAILABLE ? inProgress() : error;
  });
  if (rows.length === 0) return false;
  await tx.execute('set local lock_timeout to default'); // the work itself waits as it always does
  return true;
}

const LOCK_NOT_AVAILABLE = '55P03';

const inProgress = (): PublicError =>
  new PublicError(
    ErrorCode.IDEMPOTENCY_IN_PROGRESS,
    'An earlier request with this Idempotency-Key is still at work. Try again in a moment.',
  );

async function known<T>(tx: EntityManager, which: Sql, fingerprint: string): Promise<Outcome<T>> {
  const query = sql`select fingerprint, created_at, result, refusal, answer from idempotency_key where ${which}`;
  const [row] = await rowsOf<Row<T>>(tx, query);
  if (!row) throw new Error('A key that is taken has no row.');
  if (row.fingerprint !== fingerprint)
    throw new Refusal(
      UserErrorCode.IDEMPOTENCY_MISMATCH,
      'Dieser Idempotency-Key gehört schon zu einer anderen Anfrage.',
    );
  const { result, refusal, answer, created_at } = row;
  return { result, refusal, entry: { createdAt: new Date(created_at), replayed: true, answer } };
}

/** A refusal takes back what the work has done, but not the key. */
async function attempt<T>(
  tx: EntityManager,
  work: (tx: EntityManager) => Promise<T>,
): Promise<Omit<Outcome<T>, 'entry'>> {
  try {
    return { result: await tx.transactional(work, { clear: true }), refusal: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, message, path, detail } = error;
    return { refusal: { code, message, path, detail } };
  }
}

/**
 * Keeps what is about to be told. Null, or what another request with the same key has been told already: the first one
 * counts. The snapshot of the request is closed.
 */
export async function keepAnswer(
  { em, viewer, now }: Context,
  { key, fingerprint, entry }: Idempotency,
  data: unknown,
): Promise<ToldAnswer | null> {
  if (!entry) return null;
  const answer: ToldAnswer = { data, rights: rightsOf(viewer) };
  const row = sql`account_id = ${viewer.accountId} and key = ${key}
    and fingerprint = ${fingerprint} and created_at = ${entry.createdAt}`;
  const session = sessionOf(viewer, now);
  // Lost in a power cut, an answer is read anew; it is not worth the wait for the disk.
  const variables = { ...session.variables, synchronous_commit: 'off' };
  return em.fork({ session: { variables } }).transactional(async tx => {
    const kept = sql`update idempotency_key set answer = ${JSON.stringify(answer)}::jsonb where ${row} and answer is null`;
    if ((await change(tx, kept)) === 1) return null;
    const [found] = await rowsOf<Pick<Row<unknown>, 'answer'>>(
      tx,
      sql`select answer from idempotency_key where ${row}`,
    );
    return found?.answer ?? null;
  });
}

/**
 * What somebody may do, in one word: with other memberships much is shown in another way, such as rounded, and an old
 * answer is no longer hers.
 */
export const rightsOf = ({ memberships }: Context['viewer']): string =>
  createHash('sha256').update(JSON.stringify(memberships)).digest('hex');
