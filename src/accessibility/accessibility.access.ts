import { inCoordinatedNetwork, inOfficeNetwork } from '../network/network.access.js';
import { isSeenBy } from '../partner/partner.access.js';
import { type Sql, sql } from '../shared/sql.js';
import { editedPartners, type Viewer } from '../viewer/viewer.rules.js';

/**
 * SQL: is the viewer in the office of the network of the location with the id in this column, and sees its partner; or
 * does she edit that?
 */
export const readsLocation = (viewer: Viewer, location: Sql): Sql => sql`exists (
  select from location own join partner keeper on keeper.id = own.partner_id
  where own.id = ${location} and (keeper.id = any(${editedPartners(viewer)}::uuid[])
    or ${inOfficeNetwork(viewer, sql`keeper.network_id`)} and ${isSeenBy(viewer, 'keeper')}))`;

/** SQL: may the viewer read the assessment `t`? What is completed is for the office and for who edits the partner, drafts for those who coordinate. */
export const readsAssessment = (viewer: Viewer): Sql => sql`(${readsLocation(viewer, sql`t.location_id`)}
  and (t.status = 'COMPLETED' or exists (select from location own join partner keeper on keeper.id = own.partner_id
    where own.id = t.location_id and ${inCoordinatedNetwork(viewer, sql`keeper.network_id`)})))`;
