import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { emptied, filled, refuseFuture } from '../shared/plain-input.js';
import { systemSession } from '../shared/policies.js';
import { countWhere, rowsOf, type Sql, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import {
  MeasureIndicator,
  MeasureStatus,
  MOST_READINGS,
  MOST_REVIEWS,
  ReadingSource,
  ReviewDecision,
} from './action-plan.rules.js';
import { dropped, takenUp } from './measure-drop.rules.js';
import { dayMeasured, type Measured, measuredValues, TOLD_LATER } from './measure-indicator.query.js';
import { MeasureReview } from './measure-record.entity.js';
import { checkTarget, checkTime, checkValue, lockMeasure } from './plan-measure.actions.js';
import type { PlanMeasure } from './plan-measure.entity.js';
import type { MeasureReadingInput, MeasureReviewInput } from './plan-measure.inputs.js';

const { INVALID_INPUT, LIMIT_REACHED, STEP_NOT_OPEN } = UserErrorCode;

/** How far a measure is, by hand; the same day again replaces it. NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, LIMIT_REACHED. */
export function recordReading(ctx: Context, id: string, input: MeasureReadingInput): Promise<string> {
  return write(ctx, async tx => {
    const { measure } = await lockMeasure(ctx, tx, id);
    if (measure.indicator !== MeasureIndicator.MANUAL)
      throw new Refusal(STEP_NOT_OPEN, 'Diese Maßnahme misst der Hub selbst.', ['id']);
    refuseFuture(ctx.now, input.readOn, ['input', 'readOn']);
    if (input.readOn < measure.startsOn)
      throw new Refusal(INVALID_INPUT, 'Der Tag liegt vor dem Beginn der Maßnahme.', ['input', 'readOn']);
    checkValue(measure.unit, input.value, ['input', 'value']);
    const { readOn, value, note } = input;
    await keep(tx, ctx.now, { measure: measure.id, readOn, value, note: emptied(note), source: ReadingSource.BY_HAND });
    return measure.id;
  });
}

/** What the hub measures now, as the reading of its `dayMeasured`; NOT_FOUND, STEP_NOT_OPEN, LIMIT_REACHED. Returns the id. */
export function measureNow(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const { measure, plan } = await lockMeasure(ctx, tx, id);
    if (measure.indicator === MeasureIndicator.MANUAL)
      throw new Refusal(STEP_NOT_OPEN, 'Den Stand dieser Maßnahme trägt jemand von Hand ein.', ['id']);
    if (berlinDay(ctx.now) < measure.startsOn)
      throw new Refusal(STEP_NOT_OPEN, 'Diese Maßnahme hat noch nicht begonnen.', ['id']);
    const { indicator, subject } = measure;
    const readOn = dayMeasured(measure, ctx.now);
    const values = await measuredValues(
      tx,
      [{ id: measure.id, indicator, subject, networkId: plan.network.id }],
      ctx.now,
    );
    const value = values.get(measure.id) ?? null;
    await keep(tx, ctx.now, { measure: measure.id, readOn, value, note: null, source: ReadingSource.MEASURED });
    return measure.id;
  });
}

/**
 * A look back, not before the last one; ADJUST moves target or due day and remembers what they were. What was given up is
 * taken up again by the others than STOP, unless it was given up after the day of this one. NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN,
 * LIMIT_REACHED, VERSION_CONFLICT.
 */
export function reviewMeasure(
  ctx: Context,
  id: string,
  input: MeasureReviewInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const { measure, plan } = await lockMeasure(ctx, tx, id);
    checkVersion(expectedVersion, measure.version);
    const { reviewedOn, decision, nextReviewOn = null } = input;
    if (plan.adoptedOn === null) throw new Refusal(STEP_NOT_OPEN, 'Überprüft wird, was beschlossen ist.', ['id']);
    refuseFuture(ctx.now, reviewedOn, ['input', 'reviewedOn']);
    await refuseBeforeLast(tx, measure.id, reviewedOn);
    if (nextReviewOn !== null && nextReviewOn <= reviewedOn)
      throw new Refusal(INVALID_INPUT, 'Die nächste Überprüfung liegt nicht nach dieser.', ['input', 'nextReviewOn']);
    if ((await countWhere(tx, 'measure_review t', [sql`t.measure_id = ${measure.id}`])) >= MOST_REVIEWS)
      throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_REVIEWS} Überprüfungen sind nicht möglich.`, ['id']);
    const adjusts = decision === ReviewDecision.ADJUST;
    if (adjusts !== (input.target != null || input.dueOn != null))
      throw new Refusal(
        INVALID_INPUT,
        adjusts
          ? 'Bitte das neue Ziel oder den neuen Termin angeben.'
          : 'Ziel und Termin ändert nur eine Anpassung (ADJUST).',
        ['input', adjusts ? 'target' : 'decision'],
      );
    tx.create(MeasureReview, {
      measure: measure.id,
      reviewedOn,
      note: filled(input.note, ['input', 'note']),
      decision,
      nextReviewOn,
      targetBefore: adjusts ? measure.target : null,
      dueBefore: adjusts ? measure.dueOn : null,
      createdAt: ctx.now,
    });
    if (adjusts) {
      const dueOn = input.dueOn ?? measure.dueOn;
      const target = input.target ?? measure.target;
      checkTime(plan, measure.startsOn, dueOn);
      checkTarget(measure.unit, measure.baseline, target, ['input', 'target']);
      tx.assign(measure, { dueOn, target });
    }
    if (decision === ReviewDecision.STOP)
      tx.assign(measure, { status: MeasureStatus.DROPPED, ...dropped(measure, reviewedOn) });
    else if (measure.droppedOn !== null && measure.droppedOn <= reviewedOn)
      tx.assign(measure, {
        status: measure.startsOn <= berlinDay(ctx.now) ? MeasureStatus.UNDER_WAY : MeasureStatus.PLANNED,
        ...takenUp(measure, reviewedOn),
      });
    return measure.id;
  });
}

/** Goals are told by the order of reviews: none is entered before the last one's day. */
async function refuseBeforeLast(tx: EntityManager, id: string, reviewedOn: string): Promise<void> {
  const later = await countWhere(tx, 'measure_review t', [
    sql`t.measure_id = ${id}`,
    sql`t.reviewed_on > ${reviewedOn}::date`,
  ]);
  if (later > 0)
    throw new Refusal(INVALID_INPUT, 'Eine spätere Überprüfung ist schon eingetragen.', ['input', 'reviewedOn']);
}

/**
 * Once a month, and on the due day, what the hub can measure of running plans: one reading each. What can be told later is
 * read once more as of the due day when its month is over (TOLD_LATER), also of a plan that was closed since. One statement
 * for each kind of indicator; that two hubs do it at once leaves nothing twice.
 *
 * @returns how many readings there were
 */
export async function readMeasuresDue({ orm, now }: Pick<Clockwork, 'orm' | 'now'>): Promise<number> {
  const em = orm.em.fork({ session: systemSession(now) });
  return em.transactional(
    async tx => {
      const due = await measuresDue(tx, berlinDay(now));
      if (due.length === 0) return 0;
      const values = await measuredValues(tx, due, now);
      const rows = due.map(one => [one.id, dayMeasured(one, now), values.get(one.id) ?? null]);
      return change(
        tx,
        sql`insert into measure_reading (measure_id, read_on, value, source, read_at)
            select (row->>0)::uuid, (row->>1)::date, (row->>2)::float8, ${ReadingSource.MEASURED}, ${now}
            from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) row
            on conflict (measure_id, read_on) do update
            set value = excluded.value, source = excluded.source, note = null, read_at = excluded.read_at
            where measure_reading.read_at < ${monthAfter(sql`excluded.read_on`)}
              and excluded.read_at >= ${monthAfter(sql`excluded.read_on`)}`,
      );
    },
    { clear: true },
  );
}

/** How long after its due month the closing reading of a measure is made up for, where no hub ran. */
const CLOSING_DAYS = 92;

/** SQL: the moment in which the month of a day is over. */
const monthAfter = (day: Sql): Sql =>
  sql`((date_trunc('month', ${day}::timestamp) + interval '1 month') at time zone 'Europe/Berlin')`;

/**
 * Those without a reading since the first of the month, or since the due day once that has come; and those whose due month
 * is over and whose reading of the due day was taken before that.
 */
const measuresDue = (tx: EntityManager, today: string): Promise<(Measured & Pick<PlanMeasure, 'dueOn'>)[]> =>
  rowsOf(
    tx,
    sql`select m.id, m.indicator, m.subject, m.network_id as "networkId", m.due_on::text as "dueOn"
        from plan_measure m join action_plan p on p.id = m.plan_id
        where m.indicator <> ${MeasureIndicator.MANUAL} and p.adopted_on is not null and m.starts_on <= ${today}::date
          and (m.dropped_on is null and p.closed_on is null
            and not exists (select from measure_reading r where r.measure_id = m.id and r.read_on >=
              case when ${today}::date >= m.due_on then m.due_on else ${monthOf(today)}::date end)
          or m.indicator = any(${TOLD_LATER}::text[]) and m.due_on < ${monthOf(today)}::date
            and m.due_on >= ${monthOf(today)}::date - ${CLOSING_DAYS}::int
            and (m.dropped_on is null or m.dropped_on > m.due_on) and (p.closed_on is null or p.closed_on >= m.due_on)
            and not exists (select from measure_reading r where r.measure_id = m.id and r.read_on = m.due_on
              and r.read_at >= ${monthAfter(sql`m.due_on`)}))
        order by m.id`,
  );

interface NewReading {
  measure: string;
  readOn: string;
  value: number | null;
  note: string | null;
  source: ReadingSource;
}

/** One reading a day: the later one holds, and is none more. */
async function keep(tx: EntityManager, now: Date, { measure, readOn, value, note, source }: NewReading): Promise<void> {
  const others = [sql`t.measure_id = ${measure}`, sql`t.read_on <> ${readOn}::date`];
  if ((await countWhere(tx, 'measure_reading t', others)) >= MOST_READINGS)
    throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_READINGS} Stände sind nicht möglich.`, ['id']);
  await change(
    tx,
    sql`insert into measure_reading (measure_id, read_on, value, source, note, read_at)
        values (${measure}, ${readOn}, ${value}, ${source}, ${note}, ${now})
        on conflict (measure_id, read_on) do update
        set value = excluded.value, source = excluded.source, note = excluded.note, read_at = excluded.read_at`,
  );
}
