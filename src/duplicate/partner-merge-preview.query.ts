import type { EntityManager } from '@mikro-orm/postgresql';
import { isSeenBy } from '../partner/partner.access.js';
import { Partner } from '../partner/partner.entity.js';
import { asCaseworker, asPartner, visibleTo } from '../referral/referral.access.js';
import type { Context } from '../shared/context.js';
import { UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { equalLocations, mayMerge, mergeRecords } from './partner-merge.query.js';
import { differences, obstacleTo, unitedContacts } from './partner-merge.rules.js';
import type { MergePreview, ReferralTally } from './partner-merge.types.js';

/** What a merge would do; null where the viewer coordinates not both. Nothing is locked: it may be otherwise then. */
export async function mergePreview(ctx: Context, id: string, otherId: string): Promise<MergePreview | null> {
  if (!isId(id) || !isId(otherId)) return null;
  const { em, viewer } = ctx;
  const ids = [id.toLowerCase(), otherId.toLowerCase()];
  const records = await mergeRecords(em, ids);
  const [survivor, other] = ids.map(one => records.get(one));
  if (!survivor || !other || !mayMerge(viewer, survivor) || !mayMerge(viewer, other)) return null;
  const found = new Map((await em.find(Partner, { id: { $in: ids } })).map(one => [one.id, one]));
  const obstacle = obstacleTo(survivor, other);
  const had = unitedContacts(survivor.document.contacts, []).length;
  return {
    survivor: found.get(survivor.id)!,
    other: found.get(other.id)!,
    obstacle: obstacle && {
      code: UserErrorCode.INVALID_INPUT,
      message: obstacle.message,
      path: [obstacle.argument],
    },
    ...(await counts(em, viewer, other.id)),
    equalLocations: (await equalLocations(em, survivor.id, other.id)).length,
    contacts: unitedContacts(survivor.document.contacts, other.document.contacts).length - had,
    referrals: await tallies(em, viewer, other.id),
    differences: Object.entries(differences(survivor.document, other.document)).map(([field, { before, after }]) => ({
      field,
      survivor: before,
      other: after,
    })),
  };
}

type Counts = Pick<
  MergePreview,
  'services' | 'jobOpenings' | 'locations' | 'members' | 'editors' | 'availabilityRequests'
>;

async function counts(em: EntityManager, viewer: Viewer, id: string): Promise<Counts> {
  const [row] = await rowsOf<Counts>(
    em,
    sql`select (select count(*)::int from service where partner_id = ${id}) as services,
          (select count(*)::int from job_opening where partner_id = ${id}) as "jobOpenings",
          (select count(*)::int from location where partner_id = ${id}) as locations,
          (select count(*)::int from partner p where p.parent_id = ${id} and ${isSeenBy(viewer, 'p')}) as members,
          (select count(distinct account_id)::int from membership where partner_id = ${id}
             or partner_id in (select p.id from partner p where p.merged_into_id = ${id})) as editors,
          (select count(*)::int from availability_request where partner_id = ${id}) as "availabilityRequests"`,
  );
  return row!;
}

/** As the viewer sees them: of a case that she works on herself, what its feedback level shows her. */
const tallies = (em: EntityManager, viewer: Viewer, partner: string): Promise<ReferralTally[]> =>
  rowsOf<ReferralTally>(
    em,
    sql`select status, count(*)::int as count from (
          select case when not (${asPartner(viewer)}) and ${asCaseworker(viewer)} then r.seen_status else r.status end as status
          from referral r where r.partner_id = ${partner} and r.sent_at is not null and ${visibleTo(viewer)}) seen
        group by status order by status`,
  );
