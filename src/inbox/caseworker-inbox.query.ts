import { onCase } from '../client-case/client-case.access.js';
import { ClientCaseStatus } from '../client-case/client-case.rules.js';
import { Consent } from '../consent/consent.entity.js';
import { ConsentConnection } from '../consent/consent.inputs.js';
import { Party, ReferralStatus, ReferralStep, UNANSWERED } from '../referral/referral.rules.js';
import { addDays, berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { allOf, columnsOf, entitiesOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { hasRole, Role } from '../viewer/viewer.rules.js';
import { type Box, DEADLINE, earliestFirst, type Inbox, latestFirst, urgentFirst } from './box.js';
import { caseworkerSight, HAS_UNREAD } from './inbox.access.js';
import { ACCEPTED_DAYS, CONSENT_DAYS, ENDED_BY_OTHERS, ENDED_DAYS, TAKEN_ON } from './inbox.rules.js';

const { DRAFT, NEEDS_INFO, WAITLISTED, COMPLETED, CANCELLED, REVOKED, ENTERED_IN_ERROR } = ReferralStatus;

/** By when she is to answer, or to say that the client still waits. */
const hersBy = sql`case seen.status when ${WAITLISTED} then r.reconfirm_by else seen.respond_by end`;

/** When she saw it end: a revocation may come after an end that she does not see. */
const SEEN_TO_END = sql`case when seen.status = ${REVOKED} then seen.updated_at else r.ended_at end`;

/** SQL: was it the clock that found its consent at an end? */
const RAN_OUT = sql`(select true from referral_event e
  where e.referral_id = r.id and e.step = ${ReferralStep.REVOKE} and e.by = ${Party.SYSTEM} limit 1)`;

/**
 * Beside `seen` these read only what was decided at the status that she sees: what the feedback level hides moves
 * nothing here.
 */
const boxesOf = ({ now }: Context) =>
  ({
    needsMyAnswer: {
      at: [NEEDS_INFO, WAITLISTED],
      where: sql`(seen.status = ${NEEDS_INFO} or r.reconfirm_by <= ${now})`,
      order: urgentFirst(hersBy),
    },
    drafts: { at: [DRAFT], order: urgentFirst(sql`r.created_at`) },
    // Where she sees nothing after the acceptance, it would lie there for ever.
    accepted: {
      at: TAKEN_ON,
      where: sql`(seen.shows or r.accepted_at >= ${addDays(now, -ACCEPTED_DAYS)})`,
      order: latestFirst(sql`r.accepted_at`),
    },
    ended: {
      at: [...ENDED_BY_OTHERS, REVOKED],
      where: sql`${SEEN_TO_END} >= ${addDays(now, -ENDED_DAYS)}
        and case when seen.status = ${REVOKED} then ${RAN_OUT} else not ${WAS_REFERRED_ON} end`,
      order: latestFirst(SEEN_TO_END),
    },
    // A service that tells nothing never seems to answer.
    overdue: { at: UNANSWERED, where: sql`seen.shows and seen.respond_by < ${now}`, order: DEADLINE },
    followUps: {
      at: [COMPLETED],
      where: sql`(select true from ${dueFollowUps(now)} limit 1)`,
      order: earliestFirst(sql`(select min(f.due_on) from ${dueFollowUps(now)})`, 'date'),
    },
    withUnreadMessages: {
      at: Object.values(ReferralStatus).filter(status => status !== DRAFT),
      where: HAS_UNREAD,
      order: latestFirst(sql`r.sent_at`),
    },
  }) satisfies Record<string, Box>;

type CaseworkerBox = keyof ReturnType<typeof boxesOf>;

/** Of the viewer's own cases; null for whoever is no caseworker. */
export function caseworkerInboxOf(ctx: Context): Inbox<CaseworkerBox> | null {
  const { viewer } = ctx;
  if (!hasRole(viewer, Role.CASEWORKER)) return null;
  return {
    name: 'caseworker',
    ...caseworkerSight(viewer),
    rare: false,
    boxes: boxesOf(ctx),
    tallies: { endingConsents: sql`select count(*) ${endingConsents(ctx)}` },
  };
}

/** Consents of her open cases that end soon and were not renewed; the next to end first. */
export async function endingConsentPage(ctx: Context, inbox: Inbox, args: PageArgs): Promise<ConsentConnection> {
  const { em, secrets, loaders } = ctx;
  const page = pageOf(args, secrets, ConsentConnection.list);
  const after = page.after ? [sql`(k.valid_until, k.id) > (${page.after[0]}::date, ${page.after[1]}::uuid)`] : [];
  return ConsentConnection.of(secrets, {
    rows: await entitiesOf(
      em,
      Consent,
      sql`select ${columnsOf(em, Consent, 'k')} ${endingConsents(ctx, after)}
          order by k.valid_until, k.id limit ${verbatim(String(page.size + 1))}`,
    ),
    page,
    position: ({ validUntil, id }) => [validUntil, id],
    count: () => loaders.inboxCounts(inbox).load('endingConsents'),
  });
}

const endingConsents = ({ viewer, now }: Context, conditions: readonly Sql[] = []): Sql => sql`
  from consent k join client_case c on c.id = k.client_case_id
  where ${allOf([
    onCase(viewer, 'c'),
    sql`c.status = ${ClientCaseStatus.OPEN}`,
    sql`k.revoked_at is null`,
    sql`k.valid_until between ${berlinDay(now)}::date and ${berlinDay(addDays(now, CONSENT_DAYS))}::date`,
    sql`not ${WAS_RENEWED}`,
    ...conditions,
  ])}`;

/** SQL: whether the client still is in work was to be asked by now, and nobody has answered. */
const dueFollowUps = (now: Date): Sql => sql`referral_follow_up f
  where f.referral_id = r.id and f.due_on <= ${berlinDay(now)}::date and f.recorded_at is null and f.voided_at is null`;

/** SQL: another of the same case for the same holds longer. */
const WAS_RENEWED = sql`exists (
  select from consent l where l.client_case_id = k.client_case_id and l.revoked_at is null
    and l.valid_until > k.valid_until
    and l.service_id is not distinct from k.service_id and l.category_code is not distinct from k.category_code)`;

/** SQL: the case was offered to another service after this one, and not taken back again. */
const WAS_REFERRED_ON = sql`exists (
  select from referral k where k.parent_id = r.id
    and not k.seen_status = any(${[CANCELLED, ENTERED_IN_ERROR]}::text[]))`;
