import { onCase } from '../client-case/client-case.access.js';
import { anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { caseworkNetworks, coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';
import type { Referral } from './referral.entity.js';
import { Party } from './referral.rules.js';
import type { ReferralDisclosure } from './referral-disclosure.entity.js';
import { showsProgress } from './referral-feedback.rules.js';

// `r` is the referral in all of these, where nothing else is said.

/** SQL: of a case that the viewer works on. */
export const asCaseworker = (viewer: Viewer, r = 'r'): Sql =>
  caseworkNetworks(viewer).length === 0
    ? sql`false`
    : sql`exists (select from client_case c where c.id = ${verbatim(r)}.client_case_id and ${onCase(viewer, 'c')})`;

/** SQL: sent to a partner of the viewer. */
export const asPartner = (viewer: Viewer, r = 'r'): Sql => sentTo(verbatim(r), 'partner_id', editedPartners(viewer));

/** SQL: sent, in a network that the viewer coordinates. */
export const asCoordinator = (viewer: Viewer, r = 'r'): Sql =>
  sentTo(verbatim(r), 'network_id', coordinatedNetworks(viewer));

const sentTo = (r: Sql, column: string, ids: readonly string[]): Sql =>
  ids.length === 0 ? sql`false` : sql`${r}.sent_at is not null and ${r}.${verbatim(column)} = any(${ids}::uuid[])`;

/**
 * SQL: may the viewer see that it exists? The policies say the same. Sides on which she never stands are left out: where
 * only her cases remain, PostgreSQL begins with these.
 */
export const visibleTo = (viewer: Viewer, r = 'r'): Sql =>
  anyOf([
    ...(caseworkNetworks(viewer).length > 0 ? [asCaseworker(viewer, r)] : []),
    ...(editedPartners(viewer).length > 0 ? [asPartner(viewer, r)] : []),
    ...(coordinatedNetworks(viewer).length > 0 ? [asCoordinator(viewer, r)] : []),
  ]);

/** SQL: what the viewer sees of a visible referral: `plain`, or `seen` through the lens of who works on its case (`viewOf`). */
export function throughLens(viewer: Viewer, r: string, plain: Sql, seen: Sql): Sql {
  // Who stands on no other side sees it since she works on its case.
  if (editedPartners(viewer).length === 0 && coordinatedNetworks(viewer).length === 0) return seen;
  return sql`case when not (${asPartner(viewer, r)}) and ${asCaseworker(viewer, r)} then ${seen} else ${plain} end`;
}

/**
 * On which sides of a visible referral the viewer stands. Who works on the case is its coordinator only where nothing is
 * held back from her: a coordinator's open steps would tell what the feedback level hides.
 */
export function partiesOf(viewer: Viewer, referral: Referral, isOnCase: boolean): Party[] {
  const sent = referral.sentAt !== null;
  const coordinates = coordinatedNetworks(viewer).includes(referral.network.id);
  return [
    ...(sent && editedPartners(viewer).includes(referral.partner.id) ? [Party.PARTNER] : []),
    ...(isOnCase ? [Party.CASEWORKER] : []),
    ...(sent && coordinates && (!isOnCase || showsProgress(referral.feedbackLevel)) ? [Party.COORDINATOR] : []),
  ];
}

/** May somebody on these sides read the note that went to the partner? */
export function mayReadNote(parties: readonly Party[], disclosure: ReferralDisclosure, now: Date): boolean {
  return parties.includes(Party.CASEWORKER) || mayReadClient(parties, disclosure, now);
}

/** May somebody on these sides read what was disclosed of the client? Only the partner, and only while it lasts. */
export function mayReadClient(
  parties: readonly Party[],
  { disclosedAt, readableUntil }: ReferralDisclosure,
  now: Date,
): boolean {
  return parties.includes(Party.PARTNER) && disclosedAt !== null && (readableUntil === null || readableUntil > now);
}
