import { knownNeeds } from '../need/need.query.js';
import { knownNetwork } from '../network/network.query.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { type PageArgs, pageOf, SHORT_SIZE } from '../shared/connection.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { latestDayOf } from '../shared/newest-first.js';
import { countOf, listPage, type OrderedList } from '../shared/ordered-list.js';
import { type Sql, sql, verbatim } from '../shared/sql.js';
import { measureVisibleTo, planVisibleTo } from './action-plan.access.js';
import { ActionPlan } from './action-plan.entity.js';
import {
  ActionPlanConnection,
  type ActionPlanFilter,
  type ActionPlansArgs,
  MeasureReadingConnection,
  MeasureReviewConnection,
  PlanMeasureConnection,
  type PlanMeasureFilter,
  type PlanMeasuresArgs,
} from './action-plan.inputs.js';
import { MeasureStatus, PLANS_OF_A_PAGE } from './action-plan.rules.js';
import { MeasureReading, MeasureReview } from './measure-record.entity.js';
import { PlanMeasure } from './plan-measure.entity.js';

const PLANS: OrderedList<ActionPlan> = {
  entity: ActionPlan,
  table: 'action_plan',
  order: 't."from" desc, t.id desc',
  after: ([day, id]) => sql`(t."from", t.id) < (${day}::date, ${id}::uuid)`,
};

export const MEASURES: OrderedList<PlanMeasure> = {
  entity: PlanMeasure,
  table: 'plan_measure',
  order: 't.due_on, t.id',
  after: ([day, id]) => sql`(t.due_on, t.id) > (${day}::date, ${id}::uuid)`,
};

export const READINGS = latestDayOf(MeasureReading, 'measure_reading', 'read_on');
export const REVIEWS = latestDayOf(MeasureReview, 'measure_review', 'reviewed_on');

/** SQL: `planVisibleTo` for a row `t` of the list. */
const visiblePlan = ({ viewer }: Context): Sql =>
  sql`exists (select from action_plan p where p.id = t.id and ${planVisibleTo(viewer)})`;

/** Those that the viewer may see, the latest first. */
export async function planPage(ctx: Context, args: ActionPlansArgs): Promise<ActionPlanConnection> {
  const page = pageOf(args, ctx.secrets, ActionPlanConnection.list, PLANS_OF_A_PAGE);
  const conditions = [visiblePlan(ctx), ...(await wishedPlans(ctx, args.filter ?? {}))];
  return ActionPlanConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, PLANS, conditions, page),
    page,
    position: ({ from, id }) => [from, id],
    count: () => countOf(ctx.em, PLANS, conditions),
  });
}

/** Null where there is none, or none that the viewer may see. */
export async function findPlan(ctx: Context, id: string): Promise<ActionPlan | null> {
  if (!isId(id)) return null;
  const [found] = await listPage(ctx.em, PLANS, [sql`t.id = ${id}`, visiblePlan(ctx)], { size: 1, after: null });
  return found ?? null;
}

/** Those of plans that the viewer may see, the next due day first. */
export async function measurePage(ctx: Context, args: PlanMeasuresArgs): Promise<PlanMeasureConnection> {
  const page = pageOf(args, ctx.secrets, PlanMeasureConnection.list);
  const conditions = [measureVisibleTo(ctx.viewer), ...(await wishedMeasures(ctx, args.filter ?? {}))];
  return PlanMeasureConnection.of(ctx.secrets, {
    rows: await listPage(ctx.em, MEASURES, conditions, page),
    page,
    position: ({ dueOn, id }) => [dueOn, id],
    count: () => countOf(ctx.em, MEASURES, conditions),
  });
}

/** Null where there is none, or none that the viewer may see. */
export async function findMeasure({ em, viewer }: Context, id: string): Promise<PlanMeasure | null> {
  if (!isId(id)) return null;
  const conditions = [sql`t.id = ${id}`, measureVisibleTo(viewer)];
  const [found] = await listPage(em, MEASURES, conditions, { size: 1, after: null });
  return found ?? null;
}

/**
 * Those of a network for a need that are planned or under way, in plans that the viewer may see and that are not closed;
 * the lists of one page of networks by one statement.
 */
export async function measuresForNeed(
  ctx: Context,
  network: string,
  need: string,
  args: PageArgs,
): Promise<PlanMeasureConnection> {
  const page = pageOf(args, ctx.secrets, PlanMeasureConnection.list);
  const conditions = [
    measureVisibleTo(ctx.viewer),
    sql`${need} = any(t.needs) and t.status = any(${[MeasureStatus.PLANNED, MeasureStatus.UNDER_WAY]}::text[])`,
    sql`exists (select from action_plan p where p.id = t.plan_id and p.closed_on is null)`,
  ];
  const lists = ctx.loaders.measuresOf('network_id', { need }, page, async () => ({ conditions }));
  return PlanMeasureConnection.of(ctx.secrets, {
    rows: await lists.rows.load(network),
    page,
    position: ({ dueOn, id }) => [dueOn, id],
    count: () => lists.count.load(network),
  });
}

/** The readings of a measure that was shown, the latest first; the lists of one page of measures by one statement. */
export async function readingsOf(ctx: Context, id: string, args: PageArgs): Promise<MeasureReadingConnection> {
  const page = pageOf(args, ctx.secrets, MeasureReadingConnection.list, SHORT_SIZE);
  const lists = ctx.loaders.readingsOf('measure_id', {}, page);
  return MeasureReadingConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: row => [row.readOn, row.id],
    count: () => lists.count.load(id),
  });
}

/** The same for its reviews. */
export async function reviewsOf(ctx: Context, id: string, args: PageArgs): Promise<MeasureReviewConnection> {
  const page = pageOf(args, ctx.secrets, MeasureReviewConnection.list, SHORT_SIZE);
  const lists = ctx.loaders.reviewsOf('measure_id', {}, page);
  return MeasureReviewConnection.of(ctx.secrets, {
    rows: await lists.rows.load(id),
    page,
    position: row => [row.reviewedOn, row.id],
    count: () => lists.count.load(id),
  });
}

async function wishedPlans({ em, now }: Context, { network, running }: ActionPlanFilter): Promise<Sql[]> {
  const today = berlinDay(now);
  return [
    ...(network == null ? [] : [sql`t.network_id = ${(await knownNetwork(em, network, 'filter.network')).id}`]),
    ...(running == null ? [] : [sql`(${isRunning('t', today)}) = ${running}`]),
  ];
}

/** SQL: is the plan under this alias adopted and not over? */
export const isRunning = (alias: string, today: string): Sql => {
  const p = verbatim(alias);
  return sql`${p}.adopted_on is not null and ${p}.closed_on is null and ${today}::date between ${p}."from" and ${p}."until"`;
};

async function wishedMeasures(
  ctx: Context,
  { network, needs, fields, statuses, dueFrom, dueUntil }: PlanMeasureFilter,
): Promise<Sql[]> {
  if (needs) await knownNeeds(ctx, needs, 'filter.needs');
  return [
    ...(network == null ? [] : [sql`t.network_id = ${(await knownNetwork(ctx.em, network, 'filter.network')).id}`]),
    ...(needs?.length ? [sql`t.needs && ${needs}::text[]`] : []),
    ...(fields?.length ? [sql`t.field = any(${fields}::text[])`] : []),
    ...(statuses?.length ? [sql`t.status = any(${statuses}::text[])`] : []),
    ...(dueFrom == null ? [] : [sql`t.due_on >= ${dueFrom}::date`]),
    ...(dueUntil == null ? [] : [sql`t.due_on <= ${dueUntil}::date`]),
  ];
}
