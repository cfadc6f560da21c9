import { mayEditPartner } from '../partner/partner.access.js';
import { NEVER_PUBLISHED, PartnerStatus } from '../partner/partner.rules.js';
import type { Owners } from '../record/record.rules.js';
import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, editedPartners, Role, type Viewer } from '../viewer/viewer.rules.js';

/** Who reads in the history of a record by whom each change was: those who edit it, and who coordinates its network. */
export const readsNames = (viewer: Viewer, { partner, network }: Owners): boolean =>
  mayEditPartner(viewer, partner) || coordinatedNetworks(viewer).includes(network);

/** SQL: ids of the partners of the record of a row `t` of `revision`. */
export interface PartnersOf {
  /** Who keeps it today. */
  readonly keeper: Sql;
  /** Whose it was when the row was written. */
  readonly owner: Sql;
}

/**
 * SQL: may the viewer read a row `t` of `revision` of a record that she sees? What was written before its partner of
 * then was first published is for those who keep it: nobody else was ever shown it.
 */
export const isHistoryFor = (viewer: Viewer, { keeper, owner }: PartnersOf): Sql => sql`(
  t.network_id = any(${coordinatedNetworks(viewer)}::uuid[]) or ${keeper} = any(${editedPartners(viewer)}::uuid[])
  or t.at >= coalesce((select max(p.at) from revision p
    where p.record_id = ${owner} and p.changes->'status'->>'before' = any(${NEVER_PUBLISHED}::text[])
      and p.changes->'status'->>'after' = ${PartnerStatus.ACTIVE}), '-infinity')
  and not exists (select from partner hidden where hidden.id = ${owner} and hidden.status = any(${NEVER_PUBLISHED}::text[])))`;

/** Where several roles fit, the one that has most to do with the record. */
const NEAREST = [Role.PARTNER_EDITOR, Role.COORDINATOR, Role.CASEWORKER];

/** As what somebody changed a record, by what she may do today; null where she has no place in its network any more. */
export function roleTowards(memberships: Viewer['memberships'], { partner, network }: Owners): Role | null {
  const fitting = memberships
    .filter(one => (one.partnerId ? one.partnerId === partner : one.networkId === network))
    .map(one => one.role);
  return NEAREST.find(role => fitting.includes(role)) ?? null;
}
