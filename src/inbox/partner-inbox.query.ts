import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { waitsForPartner } from '../proposal/proposal.access.js';
import { standingId } from '../record/standing.query.js';
import { OPEN, ReferralStatus, UNANSWERED } from '../referral/referral.rules.js';
import { AppointmentState } from '../referral-appointment/referral-appointment.rules.js';
import { placeInLine } from '../service/service-waiting.query.js';
import { berlinDay, endOfBerlinDay, startOfBerlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { type Sql, sql } from '../shared/sql.js';
import { editedPartners } from '../viewer/viewer.rules.js';
import { type Box, DEADLINE, earliestFirst, type Inbox, urgentFirst } from './box.js';
import { editorOf, HAS_UNREAD, partnerSight } from './inbox.access.js';
import { TAKEN_ON, UNDER_WAY } from './inbox.rules.js';
import { openRequests, proposalsThatWait, stalePlaces, staleServices } from './inbox-tallies.query.js';

const { SENT, RECEIVED, NEEDS_INFO, WAITLISTED, SCHEDULED, ON_HOLD } = ReferralStatus;

/** As the waiting lists themselves. */
const IN_LINE = urgentFirst(sql`r.waitlisted_at`, [sql`r.waiting_id`, 'uuid']);

/** Those of the first six hold every open referral once; the others pick some out. */
const boxesOf = ({ now }: Context, partners: readonly string[]) =>
  ({
    new: { at: [SENT], order: DEADLINE },
    undecided: { at: [RECEIVED], order: DEADLINE },
    asked: { at: [NEEDS_INFO], order: DEADLINE },
    waiting: { at: [WAITLISTED], order: IN_LINE },
    toStart: { at: TAKEN_ON, order: urgentFirst(sql`r.accepted_at`) },
    underWay: { at: UNDER_WAY, order: earliestFirst(sql`r.updated_at`, 'timestamptz') },
    overdue: { at: UNANSWERED, where: sql`seen.respond_by < ${now}`, order: DEADLINE },
    placeFree: { at: [WAITLISTED], where: sql`r.waiting_id in (${nextInLine(partners)})`, order: IN_LINE },
    resuming: {
      at: [ON_HOLD],
      where: sql`r.resume_on <= ${berlinDay(now)}::date`,
      order: earliestFirst(sql`r.resume_on`, 'date'),
    },
    today: {
      at: [SCHEDULED],
      where: sql`r.scheduled_at between ${startOfBerlinDay(berlinDay(now))} and ${endOfBerlinDay(berlinDay(now))}
        and ${STILL_PLANNED}`,
      order: earliestFirst(sql`r.scheduled_at`, 'timestamptz'),
    },
    withUnreadMessages: { at: OPEN, where: HAS_UNREAD, order: earliestFirst(sql`r.updated_at`, 'timestamptz') },
  }) satisfies Record<string, Box>;

type PartnerBox = keyof ReturnType<typeof boxesOf>;

/** Of one partner, or of all that the viewer edits; null where she edits none of that id. */
export async function partnerInboxOf(
  ctx: Context,
  partner: string | null | undefined,
): Promise<(Inbox<PartnerBox> & { partners: readonly string[] }) | null> {
  const named = isId(partner) ? await standingId(ctx.em, PARTNER_RECORD, partner.toLowerCase()) : (partner ?? null);
  const editor = named === null ? ctx.viewer : editorOf(ctx.viewer, named);
  const partners = editedPartners(editor);
  if (partners.length === 0) return null;
  const own = sql`s.partner_id = any(${partners}::uuid[])`;
  return {
    name: 'partner',
    ...partnerSight(editor),
    rare: false,
    partners,
    boxes: boxesOf(ctx, partners),
    tallies: {
      proposals: proposalsThatWait(waitsForPartner(partners)),
      openAvailabilityRequests: openRequests(editor, ctx.now),
      staleServices: staleServices(own, ctx.now),
      stalePlaces: stalePlaces(own, ctx.now),
    },
  };
}

/** SQL: nobody has noted that the client did not come. */
const STILL_PLANNED = sql`(
  select true from referral_appointment a where a.referral_id = r.id and a.at = r.scheduled_at
    and a.state = ${AppointmentState.PLANNED} limit 1)`;

/** SQL: ids of the places on waiting lists for which a place of the service is free: one each, in the order of the list. */
const nextInLine = (partners: readonly string[]): Sql => sql`
  select next.id from service s join service_capacity c on c.service_id = s.id
  cross join lateral (
    select w.id from service_waiting w where w.service_id = s.id and w.left_at is null
    order by ${placeInLine('w')} limit greatest(0, c.total - c.reserved - c.occupied_elsewhere)) next
  where s.partner_id = any(${partners}::uuid[]) and c.reserved + c.occupied_elsewhere < c.total`;
