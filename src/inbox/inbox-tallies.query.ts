import { addressedTo } from '../availability/availability.access.js';
import { waitsForAnswer } from '../availability/availability.query.js';
import { isShown } from '../gap/gap.query.js';
import { GapStatus } from '../gap/gap.rules.js';
import { ofPublishedPartner } from '../partner/partner.access.js';
import { PUBLISHED } from '../service/service.rules.js';
import type { Context } from '../shared/context.js';
import { Freshness, freshnessSpan } from '../shared/freshness.rules.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';

/** SQL: is a service `s` in the published directory? */
const IN_DIRECTORY = sql`s.status = any(${PUBLISHED}::text[]) and ${ofPublishedPartner(sql`s.partner_id`)}`;

/** SQL: the number of services `s` of the published directory whose record is STALE or was never confirmed. */
export const staleServices = (which: Sql, now: Date): Sql => sql`select count(*) from service s
  where ${which} and ${IN_DIRECTORY} and ${isStale(sql`s.confirmed_at`, now)}`;

/** SQL: the number of such services whose places were reported long ago, or never. */
export const stalePlaces = (which: Sql, now: Date): Sql => sql`select count(*) from service s
  left join service_capacity c on c.service_id = s.id
  where ${which} and ${IN_DIRECTORY} and ${isStale(sql`c.reported_at`, now)}`;

/** SQL: the number of questions to the editor's partners, where they have a place, that wait for an answer. */
export const openRequests = (editor: Viewer, now: Date): Sql =>
  sql`select count(*) from availability_request t where ${addressedTo(editor)} and ${waitsForAnswer(now)}`;

/** SQL: the number of proposals that meet a condition on `t`. */
export const proposalsThatWait = (which: Sql): Sql => sql`select count(*) from proposal t where ${which}`;

/** SQL: the number of gaps in the coordinator's registers for which nothing is planned. */
export const openGaps = ({ now }: Context, coordinator: Viewer): Sql =>
  sql`select count(*) from gap g where g.status = ${GapStatus.OPEN} and ${isShown({ viewer: coordinator, now })}`;

/** SQL: the number of published partners `p` whose record is STALE or was never confirmed. */
export const stalePartners = (which: Sql, now: Date): Sql =>
  sql`select count(*) from partner p where ${which} and p.status = 'ACTIVE' and ${isStale(sql`p.confirmed_at`, now)}`;

function isStale(moment: Sql, now: Date): Sql {
  const until = freshnessSpan(Freshness.STALE, now)?.until;
  return sql`(${moment} is null or ${moment} <= ${until})`;
}
