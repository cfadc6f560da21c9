import { change } from './change.js';
import type { Clockwork } from './clockwork.js';
import { expiry } from './idempotency.rules.js';
import { systemSession } from './policies.js';
import { sql } from './sql.js';

/** At once, so that no transaction grows long. */
const BATCH = 1_000;

/** Deletes the keys that are known no more; one that is in use just now stays for the next time. How many. */
export async function expireIdempotencyKeys(
  { orm, now, ending }: Omit<Clockwork, 'logger'>,
  batch = BATCH,
): Promise<number> {
  const expired = sql`
    delete from idempotency_key where (account_id, key) in (
      select account_id, key from idempotency_key where created_at < ${expiry(now)}
      order by created_at limit ${batch} for update skip locked)`;
  for (let deleted = 0; ; ) {
    ending?.throwIfAborted();
    const em = orm.em.fork({ session: systemSession(now) });
    const rows = await change(em, expired);
    deleted += rows;
    if (rows < batch) return deleted;
  }
}
