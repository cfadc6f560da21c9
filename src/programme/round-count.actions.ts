import type { EntityManager } from '@mikro-orm/postgresql';
import { ReferralStatus } from '../referral/referral.rules.js';
import { hidesDecision, showsOutcome, showsProgress } from '../referral/referral-feedback.rules.js';
import { ReferralOutcome } from '../referral/referral-reasons.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import { systemSession } from '../shared/policies.js';
import { rowsOf, type Sql, sql } from '../shared/sql.js';
import { lastMonthsEnd, lastTold, type RoundCounts, type ToldCounts, toldCounts } from './programme.rules.js';

/** Once a month what became of the participants of each round is counted, as of the end of the month before. */
export const countRoundsDue = async ({ orm, now }: Clockwork): Promise<number> =>
  orm.em.fork({ session: systemSession(now) }).transactional(tx => countRounds(tx, now));

interface Due {
  readonly id: string;
  readonly before: ToldCounts | null;
}

/**
 * The same under a system session; how many rounds were counted. Only what may be told is stored. What was counted is bound
 * to its round, so one is counted on the day after it was entered, when slips were seen, and when it has services.
 */
export async function countRounds(tx: EntityManager, now: Date): Promise<number> {
  const today = berlinDay(now);
  const asOf = lastMonthsEnd(today);
  const due = await rowsOf<Due>(
    tx,
    sql`select r.id, f.last_told as before
        from programme_round r left join programme_round_figures f on f.round_id = r.id
        where r.intake_from <= ${asOf}::date and r.entered_on < ${today}::date
          and (f.as_of is null or f.as_of < ${asOf}::date)
          and exists (select from programme_round_service rs where rs.round_id = r.id)
        order by r.id for no key update of r`,
  );
  if (due.length === 0) return 0;
  const ids = due.map(({ id }) => id);
  const counted = await rowsOf<RoundCounts & { round: string }>(tx, countsOf(ids, asOf));
  const rows = counted.map(({ round, ...counts }) => {
    const { before } = due.find(({ id }) => id === round)!;
    const told = toldCounts(counts, before);
    return { round_id: round, ...told, last_told: lastTold(told, before) };
  });
  await change(
    tx,
    sql`insert into programme_round_figures (round_id, as_of, participants, started, completed, aborted, employed, sustained, last_told)
        select r.round_id, ${asOf}::date, r.participants, r.started, r.completed, r.aborted, r.employed, r.sustained, r.last_told
        from jsonb_populate_recordset(null::programme_round_figures, ${JSON.stringify(rows)}::jsonb) r
        on conflict (round_id) do update set as_of = excluded.as_of, participants = excluded.participants,
          started = excluded.started, completed = excluded.completed, aborted = excluded.aborted,
          employed = excluded.employed, sustained = excluded.sustained, last_told = excluded.last_told,
          revision = programme_round_figures.revision + 1`,
  );
  return rows.length;
}

const BEFORE_THE_AIM = [ReferralStatus.ABORTED, ReferralStatus.CANCELLED, ReferralStatus.REVOKED];

const levelsThat = (tell: (level: FeedbackLevel) => boolean): readonly FeedbackLevel[] =>
  Object.values(FeedbackLevel).filter(tell);

/** A figure counts only those of whom their own caseworker is told as much: else "all of them" would tell her of hers. */
const TELL_ACCEPTANCE = levelsThat(level => !hidesDecision(level));
const TELL_PROGRESS = levelsThat(showsProgress);
const TELL_OUTCOME = levelsThat(showsOutcome);

/** SQL: of each round its counts until the end of a day. Who was accepted twice took part once: as it went the last time. */
const countsOf = (rounds: readonly string[], asOf: string): Sql => sql`
  with participant as (
    select distinct on (round.id, r.client_case_id) round.id as round, r.id,
      case when r.feedback_level = any(${TELL_PROGRESS}::text[]) then r.started_on end as started_on,
      case when r.feedback_level = any(${TELL_OUTCOME}::text[]) then r.outcome end as outcome,
      case when r.feedback_level = any(${TELL_PROGRESS}::text[])
        and (r.ended_at at time zone 'Europe/Berlin')::date <= ${asOf}::date then r.status end as ended
    from programme_round round
    join programme_round_service rs on rs.round_id = round.id
    join referral r on r.service_id = rs.service_id and r.accepted_at is not null
      and r.feedback_level = any(${TELL_ACCEPTANCE}::text[])
    where round.id = any(${rounds}::uuid[]) and r.status <> ${ReferralStatus.ENTERED_IN_ERROR}
      and (r.accepted_at at time zone 'Europe/Berlin')::date
        between round.intake_from and least(round.intake_until, ${asOf}::date)
    order by round.id, r.client_case_id, r.accepted_at desc, r.id
  ), judged as (
    select p.*, p.ended = ${ReferralStatus.COMPLETED} as completed,
      coalesce(p.ended = ${ReferralStatus.COMPLETED} and p.outcome = ${ReferralOutcome.EMPLOYED}, false) as employed
    from participant p
  )
  select round.id as round, count(j.id)::int as participants,
    (count(*) filter (where j.started_on <= ${asOf}::date))::int as started,
    (count(*) filter (where j.completed))::int as completed,
    (count(*) filter (where j.ended = any(${BEFORE_THE_AIM}::text[])))::int as aborted,
    (count(*) filter (where j.employed))::int as employed,
    (count(*) filter (where j.employed and exists (
      select from referral_follow_up f where f.referral_id = j.id and f.voided_at is null and f.months = 6
        and f.still_employed and f.subsidised is not true
        and (f.recorded_at at time zone 'Europe/Berlin')::date <= ${asOf}::date)))::int as sustained
  from programme_round round left join judged j on j.round = round.id
  where round.id = any(${rounds}::uuid[]) group by round.id`;
