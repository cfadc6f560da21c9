import type { EntityManager } from '@mikro-orm/postgresql';
import type { Catalogue } from '../instrument/instrument-catalogue.query.js';
import type { Referral } from '../referral/referral.entity.js';
import { DisclosureBasis } from '../referral/referral.rules.js';
import { change } from '../shared/change.js';
import { type Sql, sql } from '../shared/sql.js';
import type { FundingDecision } from './funding-decision.entity.js';

/** SQL: that referral is one of those that it went with. */
const wentWithToo = (referral: string): Sql =>
  sql`went_with = array_remove(went_with, ${referral}::uuid) || ${referral}::uuid`;

/** The partner is told with the sending; of a sensitive instrument on the basis of a consent only. */
export async function bind(
  tx: EntityManager,
  { byCode }: Catalogue,
  { id, basis }: Referral,
  decisions: readonly FundingDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const told = decisions.filter(
    ({ instrument }) => basis === DisclosureBasis.CONSENT || byCode.get(instrument.code)?.sensitive === false,
  );
  const ids = decisions.map(one => one.id);
  const changed = await change(
    tx,
    sql`update funding_decision set referral_id = ${id}, disclosed = id = any(${told.map(one => one.id)}::uuid[]),
          ${wentWithToo(id)}, version = version + 1 where id = any(${ids}::uuid[])`,
  );
  if (changed !== ids.length) throw new Error(`${ids.length} decisions were to change, ${changed} did.`);
}

/**
 * Of an offer to several services the first acceptance takes what was decided with it: the partner that takes the client on
 * is told instead of the other. As the hub itself, for its siblings are no business of the partner.
 */
export const followAcceptance = (tx: EntityManager, { id, basis, siblingGroup }: Referral): Promise<number> =>
  change(
    tx,
    sql`update funding_decision d set referral_id = ${id}, ${wentWithToo(id)}, version = d.version + 1,
          disclosed = ${basis}::text = ${DisclosureBasis.CONSENT} or not i.sensitive
        from instrument i, referral r
        where i.code = d.instrument_code and r.id = d.referral_id and r.sibling_group = ${siblingGroup} and r.id <> ${id}`,
  );

/** They are for no referral any more. */
export async function letGo(tx: EntityManager, decisions: readonly FundingDecision[]): Promise<void> {
  const ids = decisions.map(one => one.id);
  if (ids.length === 0) return;
  await change(
    tx,
    sql`update funding_decision set referral_id = null, disclosed = false, version = version + 1
        where id = any(${ids}::uuid[])`,
  );
}
