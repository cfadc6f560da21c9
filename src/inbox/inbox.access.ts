import { asCaseworker, asCoordinator, asPartner } from '../referral/referral.access.js';
import { OPEN, Party, ReferralStatus } from '../referral/referral.rules.js';
import { showsWhile } from '../referral/referral-feedback.rules.js';
import { HEARD } from '../referral-message/referral-message.access.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import { anyOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { editedPartners, hasRole, Role, type Viewer } from '../viewer/viewer.rules.js';
import { listed } from './box.js';
import { FOLLOW_UP_DAYS } from './inbox.rules.js';

/** Which referrals an inbox holds, and what its viewer sees of them: the same as `viewOf` and `partiesOf`. */
export interface Sight {
  /** SQL: `referral r`, and beside it `seen` with the columns of `Seen`. */
  readonly from: Sql;
  /** SQL: is `r` one of them? */
  readonly within: Sql;
}

/** Only as an editor of this partner. */
export const editorOf = (viewer: Viewer, partnerId: string): Viewer =>
  narrowed(viewer, one => one.role === Role.PARTNER_EDITOR && one.partnerId === partnerId);

/** Only as a coordinator of this network. */
export const coordinatorOf = (viewer: Viewer, networkId: string): Viewer =>
  narrowed(viewer, one => one.role === Role.COORDINATOR && one.networkId === networkId);

const narrowed = (viewer: Viewer, keeps: (one: Viewer['memberships'][number]) => boolean): Viewer => ({
  ...viewer,
  memberships: viewer.memberships.filter(keeps),
});

/** Whoever edits the partner sees as the partner, on whatever other side she stands. */
export const partnerSight = (editor: Viewer): Sight => ({ from: PLAIN, within: asPartner(editor) });

/** Of her cases; what went to a partner that she edits as well she sees as that partner. */
export function caseworkerSight(viewer: Viewer): Sight {
  const from = editedPartners(viewer).length === 0 ? beside(HELD_BACK) : either(asPartner(viewer), OPENLY, HELD_BACK);
  return { from, within: asCaseworker(viewer) };
}

/** SQL: the questions whether a client is still in work of which the coordination was told: their clock has run out. */
export const unanswered = (now: Date): Sql => sql`(select f.referral_id, f.due_on from referral_follow_up f
  where f.clock_at is null and f.recorded_at is null and f.voided_at is null
    and f.due_on > ${berlinDay(addDays(now, -FOLLOW_UP_DAYS))}::date) f`;

/** SQL: is there one after this referral? */
export const hasUnanswered = (now: Date): Sql => sql`r.id = any(array(select f.referral_id from ${unanswered(now)}))`;

/**
 * Of her network, what is open, and follow-ups that nobody answers. On a case that she works on herself she is the
 * caseworker before the coordinator: there only where she would be told of a step, and so knows whether it is open.
 */
export function coordinatorSight(viewer: Viewer, coordinator: Viewer, now: Date): Sight {
  const owed = anyOf([sql`r.status = any(${OPEN}::text[])`, hasUnanswered(now)]);
  const within = sql`${asCoordinator(coordinator)} and ${owed}`;
  if (!hasRole(viewer, Role.CASEWORKER)) return { from: PLAIN, within };
  const openly = anyOf([asPartner(viewer), sql`not (${asCaseworker(viewer)})`]);
  return { from: either(openly, OPENLY, HELD_BACK), within: sql`${within} and seen.shows` };
}

/** SQL: does the feedback level show the caseworker what happens next, where she takes the referral to stand? */
const SHOWS = anyOf(
  Object.values(FeedbackLevel).map(level => {
    const where = Object.values(ReferralStatus).filter(status => showsWhile(status, level));
    return sql`r.feedback_level = ${level} and r.seen_status = any(${where}::text[])`;
  }),
);

/** What one side sees, by the name of the column. */
const OPENLY = {
  status: sql`r.status`,
  respond_by: sql`r.respond_by`,
  escalated_at: sql`r.escalated_at`,
  updated_at: sql`r.updated_at`,
  /** Would she be told if something happened next? */
  shows: sql`true`,
  /** On which side she reads messages. */
  side: sql`${Party.PARTNER}::text`,
};

type Seen = typeof OPENLY;

const HELD_BACK: Seen = {
  status: sql`r.seen_status`,
  respond_by: sql`r.seen_respond_by`,
  escalated_at: sql`r.seen_escalated_at`,
  updated_at: sql`r.seen_updated_at`,
  shows: SHOWS,
  side: sql`${Party.CASEWORKER}::text`,
};

const columns = Object.keys(OPENLY) as (keyof Seen)[];

const beside = (seen: Seen): Sql => sql`referral r cross join lateral (
  select ${listed(columns.map(column => sql`${seen[column]} as ${verbatim(column)}`))}) seen`;

/** The condition is worked out once for each row: that is what `offset 0` is for. */
const either = (condition: Sql, one: Seen, other: Seen): Sql =>
  sql`referral r cross join lateral (select ${condition} as holds offset 0) eye cross join lateral (
    select ${listed(columns.map(column => sql`case when eye.holds then ${one[column]} else ${other[column]} end as ${verbatim(column)}`))}) seen`;

const PLAIN = beside(OPENLY);

/** SQL: is there something that the other side wrote, and nobody on that side has read? The policies know how long a partner may. */
export const HAS_UNREAD: Sql = sql`(
  select true from referral_message t where t.referral_id = r.id and t.read_at is null and t.by <> seen.side and ${HEARD} limit 1)`;
