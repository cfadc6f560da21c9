import type { EntityManager } from '@mikro-orm/postgresql';
import { berlinDay, monthOf } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Clockwork } from '../shared/clockwork.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { emptied, filled, refuseFuture } from '../shared/plain-input.js';
import { systemSession } from '../shared/policies.js';
import { countWhere, rowsOf, sql } from '../shared/sql.js';
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
import { type Measured, measuredValues } from './measure-indicator.query.js';
import { MeasureReview } from './measure-record.entity.js';
import { checkTarget, checkTime, checkValue, lockMeasure } from './plan-measure.actions.js';
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

/** What the hub measures now, as today's reading; NOT_FOUND, STEP_NOT_OPEN, LIMIT_REACHED. Returns the id. */
export function measureNow(ctx: Context, id: string): Promise<string> {
  return write(ctx, async tx => {
    const { measure, plan } = await lockMeasure(ctx, tx, id);
    if (measure.indicator === MeasureIndicator.MANUAL)
      throw new Refusal(STEP_NOT_OPEN, 'Den Stand dieser Maßnahme trägt jemand von Hand ein.', ['id']);
    const readOn = berlinDay(ctx.now);
    if (readOn < measure.startsOn) throw new Refusal(STEP_NOT_OPEN, 'Diese Maßnahme hat noch nicht begonnen.', ['id']);
    const { indicator, subject } = measure;
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
 * A look back; ADJUST moves target or due day and remembers what they were. What was given up is taken up again by the
 * others than STOP, unless it was given up after the day of this one. NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN,
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
    if (decision === ReviewDecision.STOP) measure.status = MeasureStatus.DROPPED;
    else if (measure.status === MeasureStatus.DROPPED && !(await stoppedAfter(tx, measure.id, reviewedOn)))
      measure.status = measure.startsOn <= berlinDay(ctx.now) ? MeasureStatus.UNDER_WAY : MeasureStatus.PLANNED;
    return measure.id;
  });
}

/** Was it given up on a later day than this? Then what is entered of this day only now does not take it up. */
const stoppedAfter = async (tx: EntityManager, id: string, day: string): Promise<boolean> =>
  (await countWhere(tx, 'measure_review t', [
    sql`t.measure_id = ${id}`,
    sql`t.decision = ${ReviewDecision.STOP}`,
    sql`t.reviewed_on > ${day}::date`,
  ])) > 0;

/**
 * Once a month, and on the due day, what the hub can measure of running plans: one reading each. One statement for each
 * kind of indicator; that two hubs do it at once leaves nothing twice.
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
      const rows = due.map(({ id }) => [id, values.get(id) ?? null]);
      return change(
        tx,
        sql`insert into measure_reading (measure_id, read_on, value, source, read_at)
            select (row->>0)::uuid, ${berlinDay(now)}::date, (row->>1)::float8, ${ReadingSource.MEASURED}, ${now}
            from jsonb_array_elements(${JSON.stringify(rows)}::jsonb) row on conflict do nothing`,
      );
    },
    { clear: true },
  );
}

/** Those without a reading since the first of the month, or since the due day once that has come. */
const measuresDue = (tx: EntityManager, today: string): Promise<Measured[]> =>
  rowsOf<Measured>(
    tx,
    sql`select m.id, m.indicator, m.subject, m.network_id as "networkId"
        from plan_measure m join action_plan p on p.id = m.plan_id
        where m.indicator <> ${MeasureIndicator.MANUAL} and m.status = any(${ALIVE}::text[])
          and p.adopted_on is not null and p.closed_on is null and m.starts_on <= ${today}::date
          and not exists (select from measure_reading r where r.measure_id = m.id and r.read_on >=
            case when ${today}::date >= m.due_on then m.due_on else ${monthOf(today)}::date end)
        order by m.id`,
  );

const ALIVE = [MeasureStatus.PLANNED, MeasureStatus.UNDER_WAY, MeasureStatus.DONE];

interface NewReading {
  measure: string;
  readOn: string;
  value: number | null;
  note: string | null;
  source: ReadingSource;
}

/** One reading a day: the later one holds. */
async function keep(tx: EntityManager, now: Date, { measure, readOn, value, note, source }: NewReading): Promise<void> {
  if ((await countWhere(tx, 'measure_reading t', [sql`t.measure_id = ${measure}`])) >= MOST_READINGS)
    throw new Refusal(LIMIT_REACHED, `Mehr als ${MOST_READINGS} Stände sind nicht möglich.`, ['id']);
  await change(
    tx,
    sql`insert into measure_reading (measure_id, read_on, value, source, note, read_at)
        values (${measure}, ${readOn}, ${value}, ${source}, ${note}, ${now})
        on conflict (measure_id, read_on) do update
        set value = excluded.value, source = excluded.source, note = excluded.note, read_at = excluded.read_at`,
  );
}
