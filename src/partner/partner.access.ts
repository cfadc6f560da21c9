import type { Owners } from '../record/record.rules.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { caseworkNetworks, coordinatedNetworks, editedPartners, Role, type Viewer } from '../viewer/viewer.rules.js';
import type { Partner } from './partner.entity.js';
import { PartnerStatus } from './partner.rules.js';

/** The record of a partner is kept by its own editors. */
export const mayEditPartner = (viewer: Viewer, partnerId: string): boolean =>
  editedPartners(viewer).includes(partnerId);

/**
 * Who keeps the records of a partner, of its locations and services: its editors; where it has none at all, those who
 * coordinate its network.
 */
export const keepsRecords = (viewer: Viewer, { partner, network }: Owners, hasEditors: boolean): boolean =>
  mayEditPartner(viewer, partner) || (!hasEditors && coordinatedNetworks(viewer).includes(network));

/** SQL: does anybody edit the partner with the id in this column? Also who edited what was merged into it. */
export const hasEditors = (
  column: Sql,
): Sql => sql`exists (select from membership m where m.role = ${Role.PARTNER_EDITOR}
  and (m.partner_id = ${column} or m.partner_id in (select merged.id from partner merged where merged.merged_into_id = ${column})))`;

// Who sees a partner that is not published. One that never was, PENDING or NOT_ADMITTED, is known to its editors and its
// coordination alone; an ARCHIVED one was published once, and who refers clients in its network, perhaps to it, still
// finds it by its id.

/** May the viewer see this partner, and what it has, by its id? */
export const seesPartner = (viewer: Viewer, partner: Partner): boolean =>
  partner.status === PartnerStatus.ACTIVE ||
  mayEditPartner(viewer, partner.id) ||
  coordinatedNetworks(viewer).includes(partner.network.id) ||
  (partner.status === PartnerStatus.ARCHIVED && caseworkNetworks(viewer).includes(partner.network.id));

/** SQL: the same for a row of `partner`. */
export function isSeenBy(viewer: Viewer, alias: string): Sql {
  const p = verbatim(alias);
  return sql`(${p}.status = ${PartnerStatus.ACTIVE} or ${isKeptBy(viewer, alias)}
    or ${p}.status = ${PartnerStatus.ARCHIVED} and ${p}.network_id = any(${caseworkNetworks(viewer)}::uuid[]))`;
}

/** SQL: does the viewer edit it, or coordinate its network? They alone find it in lists, too. */
export function isKeptBy(viewer: Viewer, alias: string): Sql {
  const p = verbatim(alias);
  return sql`(${p}.id = any(${editedPartners(viewer)}::uuid[])
    or ${p}.network_id = any(${coordinatedNetworks(viewer)}::uuid[]))`;
}

/** SQL: was it merged into a partner that the viewer edits? Its record is kept with that of the other since. */
export const isKeptAsMerged = (viewer: Viewer, alias: string): Sql =>
  sql`${verbatim(alias)}.merged_into_id = any(${editedPartners(viewer)}::uuid[])`;

/** SQL: may the viewer see by its id what belongs to the partner with the id in this column? */
export const ofSeenPartner = (viewer: Viewer, column: Sql): Sql =>
  sql`exists (select from partner seen where seen.id = ${column} and ${isSeenBy(viewer, 'seen')})`;

/**
 * SQL: is the partner with the id in this column published, and so what it has? What everybody searches and counts holds
 * no other. Asked the other way round, as the few that are not have an index of their own.
 */
export const ofPublishedPartner = (column: Sql): Sql =>
  sql`not exists (select from partner hidden where hidden.id = ${column} and hidden.status <> 'ACTIVE')`;
