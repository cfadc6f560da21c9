import type { EntityManager } from '@mikro-orm/postgresql';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { Partner } from './partner.entity.js';
import { PartnerStatus } from './partner.rules.js';

interface Named {
  readonly id: string;
  readonly status: PartnerStatus;
  readonly into: string | null;
}

/**
 * A published partner of any network, for something that is to name it; for one that was merged, what it was merged
 * into. It stays so until the end of the transaction: a merge, which moves what names a partner, waits, or has been
 * waited for. Lock it before what a merge locks after partners. NOT_FOUND.
 */
export async function publishedPartner(tx: EntityManager, id: string, path: string[]): Promise<Partner> {
  let named = isId(id) ? await lockNamed(tx, id) : null;
  while (named?.into) named = await lockNamed(tx, named.into);
  if (named?.status === PartnerStatus.ACTIVE) return tx.findOneOrFail(Partner, { id: named.id }, { refresh: true });
  throw new Refusal(UserErrorCode.NOT_FOUND, 'Diesen Partner gibt es nicht.', path);
}

/** As it is after whoever was changing it has finished. */
async function lockNamed(tx: EntityManager, id: string): Promise<Named | null> {
  const [named] = await rowsOf<Named>(
    tx,
    sql`select id, status, merged_into_id as into from partner where id = ${id} for share`,
  );
  return named ?? null;
}
