import type { EntityManager } from '@mikro-orm/postgresql';
import { Category } from '../category/category.entity.js';
import { checkCaseOpen, lockCase } from '../client-case/client-case.actions.js';
import { rulesOn } from '../instrument/instrument.query.js';
import { catalogueOf } from '../instrument/instrument-catalogue.query.js';
import { aLine, faultsOf, optional, whole } from '../record/fault.rules.js';
import type { RecordDocument } from '../record/record.rules.js';
import { refuseFaults } from '../record/record-edit.actions.js';
import { Referral } from '../referral/referral.entity.js';
import { isEnded } from '../referral/referral.rules.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, sql } from '../shared/sql.js';
import { checkVersion } from '../shared/version.js';
import { write } from '../shared/write.js';
import { FundingDecision } from './funding-decision.entity.js';
import type { FundingDecisionInput } from './funding-decision.inputs.js';
import { decisionsWhere, holdersOf } from './funding-decision.query.js';
import { LONGEST_ORDER_TYPE, MOST_DECISIONS } from './funding-decision.rules.js';
import { addToSent, checkIsTaken } from './funding-guard.actions.js';

const { DUPLICATE, INVALID_INPUT, LIMIT_REACHED, NOT_FOUND } = UserErrorCode;

const months = optional(whole(0, 1200));
const CHECKS = {
  weeklyHours: optional(whole(1, 60)),
  durationMonths: optional(whole(1, 600)),
  monthsUsedBefore: months,
  unemployedMonths: months,
  benefitMonths: months,
  orderType: optional(aLine(LONGEST_ORDER_TYPE)),
};

/** Nothing was decided before. */
const EARLIEST = '2005-01-01';

/** Stores what was decided for a case of the viewer; NOT_FOUND, INVALID_INPUT, DUPLICATE, LIMIT_REACHED. Returns the id. */
export function recordDecision(ctx: Context, input: FundingDecisionInput): Promise<string> {
  return write(ctx, async tx => {
    const clientCase = await lockCase(ctx, tx, input.clientCase, ['input', 'clientCase']);
    checkCaseOpen(clientCase, ['input', 'clientCase']);
    const { instrument, form, decidedOn, validFrom, category = null } = input;
    const validUntil = input.validUntil ?? null;
    checkDays(decidedOn, validFrom, validUntil, berlinDay(ctx.now));
    const terms = {
      weeklyHours: input.weeklyHours ?? null,
      durationMonths: input.durationMonths ?? null,
      monthsUsedBefore: input.monthsUsedBefore ?? null,
      unemployedMonths: input.unemployedMonths ?? null,
      benefitMonths: input.benefitMonths ?? null,
      orderType: input.orderType || null,
    };
    refuseFaults(faultsOf(terms as RecordDocument, CHECKS));
    await checkInstrument(tx, instrument, decidedOn);
    if (category !== null && !(await tx.count(Category, { code: category })))
      throw new Refusal(INVALID_INPUT, 'Diese Angebotsart gibt es nicht.', ['input', 'category']);
    const regions = [...new Set(input.regions ?? [])].sort();
    await checkRegions(tx, regions);
    if ((await tx.count(FundingDecision, { clientCase: clientCase.id })) >= MOST_DECISIONS)
      throw new Refusal(LIMIT_REACHED, 'Für diesen Fall sind schon zu viele Entscheidungen eingetragen.', ['input']);
    const decision = tx.create(FundingDecision, {
      network: clientCase.network.id,
      clientCase: clientCase.id,
      instrument,
      form,
      decidedOn,
      validFrom,
      validUntil,
      regions,
      category,
      ...terms,
      referral: null,
      createdAt: ctx.now,
    });
    await tx.flush();
    if (input.referral != null) await attach(ctx, tx, decision, input.referral, ['input', 'referral']);
    return decision.id;
  });
}

/** Says for which referral of the case it is; NOT_FOUND, DUPLICATE, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function attachDecision(
  ctx: Context,
  id: string,
  referral: string,
  expectedVersion?: number | null,
): Promise<string> {
  return write(ctx, async tx => {
    const decision = await lockDecision(ctx, tx, id);
    checkVersion(expectedVersion, decision.version);
    await attach(ctx, tx, decision, referral, ['referral']);
    return decision.id;
  });
}

/** It is for no referral any more, as long as that is a draft; NOT_FOUND, INVALID_INPUT, VERSION_CONFLICT. Returns the id. */
export function detachDecision(ctx: Context, id: string, expectedVersion?: number | null): Promise<string> {
  return write(ctx, async tx => {
    const decision = await lockDecision(ctx, tx, id);
    checkVersion(expectedVersion, decision.version);
    if (decision.referral === null)
      throw new Refusal(INVALID_INPUT, 'Diese Entscheidung gehört zu keiner Vermittlung.', ['id']);
    if (await goesWithSent(tx, decision))
      throw new Refusal(INVALID_INPUT, 'Die Vermittlung ist schon abgeschickt.', ['id']);
    decision.referral = null;
    return decision.id;
  });
}

export async function goesWithSent(tx: EntityManager, { referral }: FundingDecision): Promise<boolean> {
  if (!referral) return false;
  const sent = sql`select from referral where id = ${referral.id} and sent_at is not null`;
  return (await rowsOf(tx, sent)).length > 0;
}

/** A decision of a case that the viewer works on; the case is locked before it. */
export async function lockDecision(ctx: Context, tx: EntityManager, id: string): Promise<FundingDecision> {
  const none = new Refusal(NOT_FOUND, 'Diese Entscheidung gibt es nicht.', ['id']);
  const [known] = isId(id)
    ? await rowsOf<{ client_case_id: string }>(tx, sql`select client_case_id from funding_decision where id = ${id}`)
    : [];
  if (!known) throw none;
  const clientCase = await lockCase(ctx, tx, known.client_case_id).catch(error => {
    throw error instanceof Refusal ? none : error;
  });
  const [decision] = await decisionsWhere(tx, sql`t.id = ${id} and t.client_case_id = ${clientCase.id}`);
  if (!decision) throw none;
  return decision;
}

async function attach(
  ctx: Context,
  tx: EntityManager,
  decision: FundingDecision,
  id: string,
  path: string[],
): Promise<void> {
  const [referral] = isId(id)
    ? await entitiesOf(
        tx,
        Referral,
        sql`select ${columnsOf(tx, Referral, 'r')} from referral r
            where r.id = ${id} and r.client_case_id = ${decision.clientCase.id} for no key update`,
      )
    : [];
  if (!referral) throw new Refusal(NOT_FOUND, 'Diese Vermittlung gibt es bei diesem Fall nicht.', path);
  if (isEnded(referral.seenStatus)) throw new Refusal(INVALID_INPUT, 'Diese Vermittlung ist zu Ende.', path);
  if (decision.referral?.id === referral.id) return;
  await checkFree(tx, decision, referral, path);
  if (referral.sentAt !== null) return addToSent(ctx, tx, referral, decision, path);
  await checkIsTaken(ctx, tx, await referral.service.loadOrFail(), decision, path);
  Object.assign(decision, { referral: tx.getReference(Referral, referral.id, { wrapped: true }), disclosed: false });
}

/**
 * It is for no other placement that goes on, or that came to its aim. Within one that goes on it may follow to another that
 * was sent.
 */
async function checkFree(
  tx: EntityManager,
  decision: FundingDecision,
  { siblingGroup, sentAt }: Referral,
  path: string[],
): Promise<void> {
  const [holder] = (await holdersOf(tx, [decision])).values();
  if (!holder?.keeps) return;
  const follows = siblingGroup !== null && siblingGroup === holder.siblingGroup && sentAt !== null;
  if (follows && !holder.goesOn) return;
  throw new Refusal(DUPLICATE, 'Die Entscheidung gehört schon zu einer anderen Vermittlung.', path);
}

/** Its versions stay as they are meanwhile: a decision rests on the rules of its day. INVALID_INPUT. */
async function checkInstrument(tx: EntityManager, code: string, decidedOn: string): Promise<void> {
  const [known] = await rowsOf(tx, sql`select from instrument where code = ${code} for key share`);
  if (!known) throw new Refusal(INVALID_INPUT, 'Dieses Instrument gibt es nicht.', ['input', 'instrument']);
  if (rulesOn(await catalogueOf(tx), decidedOn).has(code)) return;
  const message = `Für dieses Instrument gibt es am ${germanDay(decidedOn)} keine Regeln.`;
  throw new Refusal(INVALID_INPUT, message, ['input', 'decidedOn']);
}

function checkDays(decidedOn: string, validFrom: string, validUntil: string | null, today: string): void {
  if (decidedOn > today)
    throw new Refusal(INVALID_INPUT, 'Der Tag der Entscheidung liegt in der Zukunft.', ['input', 'decidedOn']);
  if (decidedOn < EARLIEST)
    throw new Refusal(INVALID_INPUT, 'Dieser Tag der Entscheidung ist nicht möglich.', ['input', 'decidedOn']);
  if (validUntil !== null && validUntil < validFrom)
    throw new Refusal(INVALID_INPUT, 'Das Ende liegt vor dem Anfang.', ['input', 'validUntil']);
}

async function checkRegions(tx: EntityManager, keys: readonly string[]): Promise<void> {
  const [unknown] = await rowsOf<{ position: number }>(
    tx,
    sql`select a.position::int from unnest(${keys}::text[]) with ordinality as a (key, position) where not case length(a.key)
          when 8 then exists (select from municipality m where m.key = a.key)
          when 5 then exists (select from municipality m where m.district_key = a.key)
          else exists (select from municipality m where left(m.key, 2) = a.key) end limit 1`,
  );
  if (unknown) throw new Refusal(INVALID_INPUT, 'Ein Gebiet mit diesem Schlüssel gibt es nicht.', ['input', 'regions']);
}
