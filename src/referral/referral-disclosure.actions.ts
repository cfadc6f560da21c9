import type { EntityManager } from '@mikro-orm/postgresql';
import { asSystem } from '../shared/as-system.js';
import { changeOne } from '../shared/change.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Referral } from './referral.entity.js';

/** The partner reads nothing more of the client from then on; never later than was set before. */
export const endAccess = (tx: EntityManager, referral: Referral, at: Date): Promise<void> =>
  setReadable(tx, referral, sql`least(readable_until, ${at})`);

/** The partner may read the client until then; null: as long as the referral lasts. */
export const renewAccess = (tx: EntityManager, referral: Referral, until: Date | null): Promise<void> =>
  setReadable(tx, referral, sql`${until}::timestamptz`);

const setReadable = (tx: EntityManager, { id }: Referral, until: Sql): Promise<void> =>
  asSystem(tx, () =>
    changeOne(
      tx,
      sql`update referral_disclosure set readable_until = ${until}, revision = revision + 1 where referral_id = ${id}`,
    ),
  );
