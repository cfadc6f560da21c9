import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { coordinatesNetwork } from '../network/network.access.js';
import { publishedPartner } from '../partner/named-partner.actions.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { emptied, filled } from '../shared/plain-input.js';
import { raiseVersion } from '../shared/raise-version.js';
import { countWhere, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { TrainingTopic } from '../training/training-topic.entity.js';
import { lockPlan, refuseClosed } from './action-plan.actions.js';
import { ActionPlan } from './action-plan.entity.js';
import {
  LARGEST_VALUE,
  MeasureIndicator,
  MeasureStatus,
  MeasureUnit,
  MOST_MEASURES,
  parameterFault,
  UNIT_OF,
} from './action-plan.rules.js';
import { type Drops, dropped, takenUp } from './measure-drop.rules.js';
import { PlanMeasure } from './plan-measure.entity.js';
import type { MeasureIndicatorInput, PlanMeasureAddInput, PlanMeasureEditInput } from './plan-measure.inputs.js';

const { INVALID_INPUT, LIMIT_REACHED, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/** One more measure of a plan that is not closed; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, LIMIT_REACHED. Returns the id. */
export function addMeasure(ctx: Context, planId: string, input: PlanMeasureAddInput): Promise<string> {
  return write(ctx, async tx => {
    const plan = await lockPlan(ctx, tx, planId, ['plan']);
    refuseClosed(plan, ['plan']);
    const position = await countWhere(tx, 'plan_measure t', [sql`t.plan_id = ${plan.id}`]);
    if (position >= MOST_MEASURES)
      throw new Refusal(LIMIT_REACHED, `Ein Plan hat höchstens ${MOST_MEASURES} Maßnahmen.`, ['plan']);
    const { field, startsOn, dueOn, unit, baseline, target } = input;
    const indicator = await indicatorOf(ctx, tx, input.indicator ?? { indicator: MeasureIndicator.MANUAL }, unit);
    checkTime(plan, startsOn, dueOn);
    checkValue(unit, baseline, ['input', 'baseline']);
    checkTarget(unit, baseline, target, ['input', 'target']);
    const measure = tx.create(PlanMeasure, {
      plan: plan.id,
      network: plan.network.id,
      position,
      field,
      title: filled(input.title, ['input', 'title']),
      description: emptied(input.description),
      owner: filled(input.owner, ['input', 'owner']),
      partner: await partnerOf(tx, plan.network.id, input.partner ?? null),
      needs: await needsOf(ctx, input.needs ?? []),
      startsOn,
      dueOn,
      unit,
      baseline,
      target,
      ...indicator,
    });
    await tx.flush();
    await nameServices(tx, measure, input.services ?? []);
    return measure.id;
  });
}

/** What changes of a measure; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export function editMeasure(
  ctx: Context,
  id: string,
  input: PlanMeasureEditInput,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    // A merge locks the partners first, and then the measures that name them.
    const named = input.partner === undefined ? undefined : await partnerForMeasure(ctx, tx, id, input.partner);
    const { measure, plan } = await lockMeasure(ctx, tx, id);
    checkVersion(expectedVersion, measure.version);
    refuseFixed(plan, input);
    const { title, description, owner, needs, services, status } = input;
    if (status === null) throw new Refusal(INVALID_INPUT, 'Der Stand darf nicht leer sein.', ['input', 'status']);
    const startsOn = input.startsOn ?? measure.startsOn;
    const dueOn = input.dueOn ?? measure.dueOn;
    const baseline = input.baseline ?? measure.baseline;
    const target = input.target ?? measure.target;
    checkTime(plan, startsOn, dueOn);
    checkValue(measure.unit, baseline, ['input', 'baseline']);
    checkTarget(measure.unit, baseline, target, ['input', 'target']);
    tx.assign(measure, {
      startsOn,
      dueOn,
      baseline,
      target,
      ...(title !== undefined && { title: filled(title, ['input', 'title']) }),
      ...(description !== undefined && { description: emptied(description) }),
      ...(owner !== undefined && { owner: filled(owner, ['input', 'owner']) }),
      ...(named !== undefined && { partner: named }),
      ...(needs !== undefined && { needs: await needsOf(ctx, needs ?? []) }),
      ...(status !== undefined && { status, ...dropsBy(measure, status, berlinDay(ctx.now)) }),
    });
    if (services !== undefined && (await nameServices(tx, measure, services ?? [])))
      await raiseVersion(tx, PlanMeasure, measure);
    return measure.id;
  });
}

/** Since when it is given up, or was, where its status becomes that on a day. */
const dropsBy = (measure: PlanMeasure, status: MeasureStatus, day: string): Drops =>
  status === MeasureStatus.DROPPED ? dropped(measure, measure.droppedOn ?? day) : takenUp(measure, day);

/** The measure and its plan, locked in the order plan, measure, where the viewer keeps them and the plan is not closed. */
export async function lockMeasure(
  ctx: Context,
  tx: EntityManager,
  id: string,
): Promise<{ measure: PlanMeasure; plan: ActionPlan }> {
  const found = await keptMeasure(ctx, tx, id);
  const plan = await tx.findOneOrFail(
    ActionPlan,
    { id: found.plan.id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  refuseClosed(plan, ['id']);
  const measure = await tx.findOneOrFail(
    PlanMeasure,
    { id: found.id },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  return { measure, plan };
}

/** As it was before it is locked; NOT_FOUND where the viewer does not keep it. */
async function keptMeasure({ viewer }: Context, tx: EntityManager, id: string): Promise<PlanMeasure> {
  const found = isId(id) ? await tx.findOne(PlanMeasure, { id }) : null;
  if (found && coordinatesNetwork(viewer, found.network.id)) return found;
  throw new Refusal(NOT_FOUND, 'Diese Maßnahme gibt es nicht.', ['id']);
}

/** INVALID_INPUT on `path` for a value that the unit does not have. */
export function checkValue(unit: MeasureUnit, value: number, path: string[]): void {
  const most = unit === MeasureUnit.PERCENT ? 100 : LARGEST_VALUE;
  if (value >= 0 && value <= most) return;
  throw new Refusal(INVALID_INPUT, `Möglich sind 0 bis ${most}.`, path);
}

/** INVALID_INPUT on `path` for a target that is none. */
export function checkTarget(unit: MeasureUnit, baseline: number, target: number, path: string[]): void {
  checkValue(unit, target, path);
  if (target === baseline) throw new Refusal(INVALID_INPUT, 'Das Ziel ist schon der Ausgangswert.', path);
}

/** INVALID_INPUT for a time outside the plan's. */
export function checkTime({ from, until }: ActionPlan, startsOn: string, dueOn: string): void {
  if (startsOn < from || startsOn > until)
    throw new Refusal(INVALID_INPUT, 'Der Beginn liegt außerhalb des Plans.', ['input', 'startsOn']);
  if (dueOn > until) throw new Refusal(INVALID_INPUT, 'Der Termin liegt außerhalb des Plans.', ['input', 'dueOn']);
  if (dueOn <= startsOn)
    throw new Refusal(INVALID_INPUT, 'Der Termin liegt nicht nach dem Beginn.', ['input', 'dueOn']);
}

/** What an adopted plan is measured by is changed by a review, which says why and remembers what it was. */
function refuseFixed({ adoptedOn }: ActionPlan, input: PlanMeasureEditInput): void {
  const fixed = (['startsOn', 'dueOn', 'baseline', 'target'] as const).filter(name => input[name] !== undefined);
  const emptiedOne = fixed.find(name => input[name] === null);
  if (emptiedOne) throw new Refusal(INVALID_INPUT, 'Diese Angabe darf nicht leer sein.', ['input', emptiedOne]);
  if (adoptedOn !== null && fixed[0])
    throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist beschlossen: Ziel und Termin ändert nur eine Überprüfung.', [
      'input',
      fixed[0],
    ]);
}

type IndicatorColumns = Pick<PlanMeasure, 'indicator' | 'outcome' | 'subject' | 'since'> & {
  topic: string | null;
  category: string | null;
};

const MEASURED_IN: Readonly<Record<MeasureUnit, string>> = {
  [MeasureUnit.PERCENT]: 'Prozent',
  [MeasureUnit.COUNT]: 'Stück',
  [MeasureUnit.PEOPLE]: 'Personen',
  [MeasureUnit.PLACES]: 'Plätzen',
  [MeasureUnit.HOURS]: 'Stunden',
};

async function indicatorOf(
  { loaders }: Context,
  tx: EntityManager,
  { indicator, ...given }: MeasureIndicatorInput,
  unit: MeasureUnit,
): Promise<IndicatorColumns> {
  const path = (name: string) => ['input', 'indicator', name];
  const fault = parameterFault(indicator, given);
  if (fault) throw new Refusal(INVALID_INPUT, fault.message, path(fault.name));
  const own = UNIT_OF[indicator];
  if (own !== null && own !== unit)
    throw new Refusal(INVALID_INPUT, `Diese Kennzahl wird in ${MEASURED_IN[own]} gemessen.`, ['input', 'unit']);
  const category = given.category ?? null;
  if (category !== null && !(await loaders.categories()).byCode.has(category))
    throw new Refusal(INVALID_INPUT, 'Diese Angebotsart gibt es nicht.', path('category'));
  const topic = given.topic ?? null;
  if (topic !== null && !(await tx.findOne(TrainingTopic, { code: topic })))
    throw new Refusal(INVALID_INPUT, 'Dieses Schulungsthema gibt es nicht.', path('topic'));
  const outcome = given.outcome ?? null;
  if (outcome === 'NO_DETAIL')
    throw new Refusal(INVALID_INPUT, 'Was nicht mitgeteilt wird, lässt sich nicht zählen.', path('outcome'));
  return {
    indicator,
    category,
    outcome,
    topic,
    subject: given.subject ?? null,
    since: given.since ?? null,
  };
}

/**
 * A published partner of the network, or what it was merged into, which merges leave alone until the end of the
 * transaction; NOT_FOUND, INVALID_INPUT for one of another network.
 */
async function partnerOf(tx: EntityManager, network: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const path = ['input', 'partner'];
  const partner = await publishedPartner(tx, id, path);
  if (partner.network.id !== network) throw new Refusal(INVALID_INPUT, 'Diesen Partner hat das Netzwerk nicht.', path);
  return partner.id;
}

/** The same for a measure that is not locked yet; NOT_FOUND for one that the viewer does not keep. */
async function partnerForMeasure(
  ctx: Context,
  tx: EntityManager,
  measure: string,
  id: string | null,
): Promise<string | null> {
  const { network } = await keptMeasure(ctx, tx, measure);
  return partnerOf(tx, network.id, id);
}

async function needsOf({ loaders }: Context, codes: readonly string[]): Promise<string[]> {
  const needs = await loaders.needs();
  if (!codes.every(code => needs.has(code)))
    throw new Refusal(INVALID_INPUT, 'Diesen Bedarf gibt es nicht.', ['input', 'needs']);
  return [...new Set(codes)].sort();
}

/**
 * The services that a measure is about, as a whole; INVALID_INPUT for one that the network does not have. Tells whether
 * they are others than before.
 */
async function nameServices(
  tx: EntityManager,
  { id, network }: PlanMeasure,
  services: readonly string[],
): Promise<boolean> {
  const ids = [...new Set(services)];
  const known = ids.every(isId)
    ? await rowsOf(tx, sql`select id from service where id = any(${ids}::uuid[]) and network_id = ${network.id}`)
    : [];
  if (known.length < ids.length)
    throw new Refusal(INVALID_INPUT, 'Dieses Angebot hat das Netzwerk nicht.', ['input', 'services']);
  const gone = await change(
    tx,
    sql`delete from plan_measure_service where measure_id = ${id} and service_id <> all(${ids}::uuid[])`,
  );
  const come = await change(
    tx,
    sql`insert into plan_measure_service (measure_id, service_id) select ${id}::uuid, unnest(${ids}::uuid[])
        on conflict do nothing`,
  );
  return gone + come > 0;
}
