import { type EntityManager, LockMode } from '@mikro-orm/postgresql';
import { Accession } from '../accession/accession.entity.js';
import { coordinatesNetwork } from '../network/network.access.js';
import { coordinatedNetwork } from '../network/own-network.query.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { checkPeriod, filled, refuseFuture } from '../shared/plain-input.js';
import { countWhere, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { ActionPlan } from './action-plan.entity.js';
import type { ActionPlanDraftInput, ActionPlanEditInput } from './action-plan.inputs.js';

const { INVALID_INPUT, NOT_FOUND, STEP_NOT_OPEN } = UserErrorCode;

/** A new plan of a network, as a draft; NOT_FOUND, INVALID_INPUT. Returns the id. */
export function draftPlan(ctx: Context, input: ActionPlanDraftInput): Promise<string> {
  return write(ctx, async tx => {
    const network = await coordinatedNetwork(ctx, tx, input.network, ['input', 'network']);
    const { from, until } = input;
    checkPeriod(from, until, ['input', 'until']);
    const plan = tx.create(ActionPlan, {
      network: network.id,
      accession: await accessionOf(tx, network.id, input.accession ?? null),
      title: filled(input.title, ['input', 'title']),
      from,
      until,
      adoptedOn: null,
      closedOn: null,
    });
    await tx.flush();
    return plan.id;
  });
}

/** What changes of a plan; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export const editPlan = (ctx: Context, id: string, input: ActionPlanEditInput, expectedVersion?: number | null) =>
  change(ctx, id, expectedVersion, async (tx, plan) => {
    const { title, accession } = input;
    if (input.from === null) throw new Refusal(INVALID_INPUT, 'Der Anfang darf nicht leer sein.', ['input', 'from']);
    if (input.until === null) throw new Refusal(INVALID_INPUT, 'Das Ende darf nicht leer sein.', ['input', 'until']);
    const { from = plan.from, until = plan.until } = input;
    checkPeriod(from, until, ['input', 'until']);
    const outside = sql`t.plan_id = ${plan.id} and (t.starts_on < ${from}::date or t.due_on > ${until}::date)`;
    if ((await countWhere(tx, 'plan_measure t', [outside])) > 0)
      throw new Refusal(INVALID_INPUT, 'Maßnahmen des Plans lägen außerhalb dieses Zeitraums.', ['input', 'until']);
    if (accession !== undefined && plan.adoptedOn !== null)
      throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist schon beschlossen.', ['input', 'accession']);
    tx.assign(plan, {
      from,
      until,
      ...(title !== undefined && { title: filled(title, ['input', 'title']) }),
      ...(accession !== undefined && { accession: await accessionOf(tx, plan.network.id, accession) }),
    });
  });

/** Adopts a draft that has a measure; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export const adoptPlan = (ctx: Context, id: string, on: string, expectedVersion?: number | null) =>
  change(ctx, id, expectedVersion, async (tx, plan) => {
    if (plan.adoptedOn !== null) throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist schon beschlossen.', ['id']);
    refuseFuture(ctx.now, on, ['on']);
    if ((await countWhere(tx, 'plan_measure t', [sql`t.plan_id = ${plan.id}`])) === 0)
      throw new Refusal(INVALID_INPUT, 'Ein Plan braucht mindestens eine Maßnahme.', ['id']);
    plan.adoptedOn = on;
  });

/** Shows an adopted plan to everybody, or no longer; NOT_FOUND, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export function publishPlan(ctx: Context, id: string, published: boolean, expectedVersion?: number | null) {
  return write(ctx, async tx => {
    const plan = await lockPlan(ctx, tx, id);
    checkVersion(expectedVersion, plan.version);
    if (plan.adoptedOn === null) throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist noch nicht beschlossen.', ['id']);
    plan.published = published;
    return plan.id;
  });
}

/** Closes an adopted plan for good; NOT_FOUND, INVALID_INPUT, STEP_NOT_OPEN, VERSION_CONFLICT. Returns the id. */
export const closePlan = (ctx: Context, id: string, on: string, expectedVersion?: number | null) =>
  change(ctx, id, expectedVersion, async (_tx, plan) => {
    if (plan.adoptedOn === null) throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist noch nicht beschlossen.', ['id']);
    refuseFuture(ctx.now, on, ['on']);
    if (on < plan.adoptedOn)
      throw new Refusal(INVALID_INPUT, 'Der Plan kann nicht vor seinem Beschluss abgeschlossen werden.', ['on']);
    plan.closedOn = on;
  });

/** The plan, locked, where the viewer keeps it; NOT_FOUND on `path` else. */
export async function lockPlan(
  { viewer }: Context,
  tx: EntityManager,
  id: string,
  path: string[] = ['id'],
): Promise<ActionPlan> {
  const plan = isId(id) ? await tx.findOne(ActionPlan, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE }) : null;
  if (plan && coordinatesNetwork(viewer, plan.network.id)) return plan;
  throw new Refusal(NOT_FOUND, 'Diesen Aktionsplan gibt es nicht.', path);
}

/** STEP_NOT_OPEN on `path` for a plan that is closed. */
export function refuseClosed({ closedOn }: ActionPlan, path: string[]): void {
  if (closedOn !== null) throw new Refusal(STEP_NOT_OPEN, 'Der Plan ist abgeschlossen.', path);
}

function change(
  ctx: Context,
  id: string,
  expectedVersion: number | null | undefined,
  work: (tx: EntityManager, plan: ActionPlan) => Promise<void>,
): Promise<string> {
  return write(ctx, async tx => {
    const plan = await lockPlan(ctx, tx, id);
    checkVersion(expectedVersion, plan.version);
    refuseClosed(plan, ['id']);
    await work(tx, plan);
    return plan.id;
  });
}

/** The accession with that id in the same network; INVALID_INPUT for any other. */
async function accessionOf(tx: EntityManager, network: string, id: string | null): Promise<string | null> {
  if (id === null) return null;
  const accession = isId(id) ? await tx.findOne(Accession, { id, network }) : null;
  if (!accession)
    throw new Refusal(INVALID_INPUT, 'Diesen Beitritt des Netzwerks gibt es nicht.', ['input', 'accession']);
  return accession.id;
}
