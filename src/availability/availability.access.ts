import { anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { caseworkNetworks, coordinatedNetworks, editedPartners, type Viewer } from '../viewer/viewer.rules.js';

// `t` is the question or the request in all of these. The policies say the same.

/** SQL: did the viewer ask it, as a caseworker of its network? */
export const askedBy = (viewer: Viewer): Sql =>
  viewer.accountId === null
    ? sql`false`
    : sql`t.asked_by_id = ${viewer.accountId} and t.network_id = any(${caseworkNetworks(viewer)}::uuid[])`;

/** SQL: did the request go to a partner of the viewer? */
export const addressedTo = (viewer: Viewer, request: 't' | 'a' = 't'): Sql =>
  sql`${verbatim(request)}.partner_id = any(${editedPartners(viewer)}::uuid[])`;

const coordinatedBy = (viewer: Viewer): Sql => sql`t.network_id = any(${coordinatedNetworks(viewer)}::uuid[])`;

/** SQL: may the viewer see the request? A partner sees those to itself, and of no other who was asked, or what it said. */
export const requestVisibleTo = (viewer: Viewer): Sql =>
  anyOf([askedBy(viewer), addressedTo(viewer), coordinatedBy(viewer)]);

/** SQL: may the viewer see the question? Whoever sees one of its requests does. */
export const questionVisibleTo = (viewer: Viewer): Sql =>
  anyOf([
    askedBy(viewer),
    sql`exists (select from availability_request a where a.question_id = t.id and ${addressedTo(viewer, 'a')})`,
    coordinatedBy(viewer),
  ]);

/** May the viewer ask the services of this network? */
export const mayAskIn = (viewer: Viewer, networkId: string): boolean =>
  viewer.accountId !== null && caseworkNetworks(viewer).includes(networkId);
