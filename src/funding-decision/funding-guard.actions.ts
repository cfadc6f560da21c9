import type { EntityManager } from '@mikro-orm/postgresql';
import { type ClientCase, ClientCaseHealth } from '../client-case/client-case.entity.js';
import { namesOfCodes, rulesOn } from '../instrument/instrument.query.js';
import { InstrumentRuleKind } from '../instrument/instrument.rules.js';
import { type Catalogue, catalogueOf } from '../instrument/instrument-catalogue.query.js';
import { notMet, type RuleCheck } from '../instrument/instrument-check.rules.js';
import { ruleText } from '../instrument/instrument-texts.rules.js';
import { instrumentsIn, instrumentsOn, type ServiceInstrument } from '../instrument/service-instrument.rules.js';
import type { Referral } from '../referral/referral.entity.js';
import type { Service } from '../service/service.entity.js';
import { berlinDay, germanDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { sql } from '../shared/sql.js';
import { type CaseFunding, checksIn, fundingOf } from './case-funding.query.js';
import type { FundingDecision } from './funding-decision.entity.js';
import { byDecision, decisionsInUse, decisionsWhere, isForKindOf, usableFor } from './funding-decision.query.js';
import { isOver, isValidOn } from './funding-decision.rules.js';
import { bind, letGo } from './funding-placement.actions.js';

const { DECISION_MISSING, NOT_ELIGIBLE } = UserErrorCode;

/** What a guard looks at: all decisions of the case, which is locked, and what the service takes today. */
interface Guarded {
  readonly ctx: Context;
  readonly today: string;
  readonly catalogue: Catalogue;
  readonly all: readonly FundingDecision[];
  readonly funding: CaseFunding;
  readonly offers: readonly ServiceInstrument[];
  /** Of the argument at fault. */
  readonly path: string[];
}

/**
 * A service that takes nobody without an instrument wants a decision of the case that is valid today; that, and whatever
 * else is decided for this referral and not over, has to be on an instrument that the service takes, and meets the rules of
 * its day. What is used goes with the referral; what is over is let go. The case is locked. DECISION_MISSING, NOT_ELIGIBLE.
 */
export async function checkFunding(
  ctx: Context,
  tx: EntityManager,
  referral: Referral,
  service: Service,
  clientCase: ClientCase,
): Promise<void> {
  const guarded = await guardedOf(ctx, tx, service, clientCase, ['id']);
  const { all, today, offers, catalogue } = guarded;
  const attached = all.filter(one => one.referral?.id === referral.id);
  const own = attached.filter(one => !isOver(one, today));
  await letGo(
    tx,
    attached.filter(one => !own.includes(one)),
  );
  const required = offers.filter(one => one.required).map(one => one.instrument);
  if (required.length === 0 && own.length === 0) return;
  const placement = [...new Set([...required, ...own.map(one => one.instrument.code)])];
  const usable = (await usableFor(tx, referral, all)).filter(({ decision }) => isValidOn(decision, today));
  const taken: FundingDecision[] = [];
  for (const code of required) {
    const candidates = usable.filter(({ decision }) => decision.instrument.code === code);
    if (!candidates[0]) throw await missing(guarded, code);
    const mine = candidates.filter(({ decision }) => own.includes(decision));
    if (mine.length > 0) continue;
    const faults = candidates.map(({ decision }) => faultOf(guarded, decision, placement));
    const fit = candidates[faults.indexOf(null)];
    if (!fit) throw await refused(guarded, candidates[0].decision, faults[0]!);
    if (!fit.ofSibling) taken.push(fit.decision);
  }
  for (const code of placement)
    for (const decision of own.filter(one => one.instrument.code === code))
      await checkGoesAlong(guarded, tx, service, decision, placement);
  await bind(tx, catalogue, referral, [...own, ...taken]);
}

/**
 * What is decided for a referral that was sent holds the same rules with what goes with it already, and leaves those of
 * that met. Nothing over is added. NOT_ELIGIBLE.
 */
export async function addToSent(
  ctx: Context,
  tx: EntityManager,
  referral: Referral,
  decision: FundingDecision,
  path: string[],
): Promise<void> {
  const service = await referral.service.loadOrFail();
  const guarded = await guardedOf(ctx, tx, service, await referral.clientCase.loadOrFail(), path);
  const { all, catalogue, today } = guarded;
  const along = all.filter(one => one.referral?.id === referral.id && one.id !== decision.id && !isOver(one, today));
  const before = along.map(one => one.instrument.code);
  const placement = [...before, decision.instrument.code];
  await checkGoesAlong(guarded, tx, service, decision, placement);
  for (const one of along) {
    const fault = faultOf(guarded, one, placement);
    if (fault && fault !== 'NO_RULES' && fault.rule.kind === InstrumentRuleKind.EXCLUDES)
      throw await refused(guarded, one, fault);
  }
  await bind(tx, catalogue, referral, [decision]);
}

/** May a decision be said to be for a referral of that service, whose rules are looked at later? NOT_ELIGIBLE. */
export async function checkIsTaken(
  ctx: Context,
  tx: EntityManager,
  service: Service,
  decision: FundingDecision,
  path: string[],
): Promise<void> {
  const today = berlinDay(ctx.now);
  const { code } = decision.instrument;
  const nameOf = await namesOfCodes(ctx);
  if (isOver(decision, today)) {
    const message = `Die Entscheidung zu „${nameOf(code).de}“ gilt nicht mehr.`;
    throw new Refusal(NOT_ELIGIBLE, message, path);
  }
  if (!instrumentsOn(instrumentsIn(service.instruments), today).some(({ instrument }) => instrument === code)) {
    const message = `Das Angebot nimmt heute nicht mit „${nameOf(code).de}“ auf.`;
    throw new Refusal(NOT_ELIGIBLE, message, path);
  }
  if (await isForKindOf(tx, decision, service.id)) return;
  const message = `Die Entscheidung zu „${nameOf(code).de}“ ist für eine andere Angebotsart.`;
  throw new Refusal(NOT_ELIGIBLE, message, path);
}

async function guardedOf(
  ctx: Context,
  tx: EntityManager,
  service: Service,
  clientCase: ClientCase,
  path: string[],
): Promise<Guarded> {
  const today = berlinDay(ctx.now);
  const offers = instrumentsOn(instrumentsIn(service.instruments), today);
  return { ctx, today, ...(await fundingOfLocked(tx, clientCase, today)), offers, path };
}

/** All that was decided for a case, which is locked. @param goesOn of which the placement goes on, whatever it looks like */
export async function fundingOfLocked(
  tx: EntityManager,
  clientCase: ClientCase,
  today: string,
  goesOn: (decision: FundingDecision) => boolean = () => false,
): Promise<Pick<Guarded, 'all' | 'catalogue' | 'funding'>> {
  const all = await decisionsWhere(tx, sql`t.client_case_id = ${clientCase.id}`);
  const known = byDecision(await decisionsInUse(tx, [clientCase.id]));
  const inUse = new Map([...known, ...all.filter(goesOn).map(({ id }) => [id, null] as const)]);
  const { needs } = await tx.findOneOrFail(ClientCaseHealth, { clientCase: clientCase.id });
  const client = { birthYear: clientCase.birthYear, needs, municipality: clientCase.municipality.key };
  const catalogue = await catalogueOf(tx);
  return { all, catalogue, funding: fundingOf(catalogue, client, all, inUse, today) };
}

async function checkGoesAlong(
  guarded: Guarded,
  tx: EntityManager,
  service: Service,
  decision: FundingDecision,
  placement: readonly string[],
): Promise<void> {
  await checkIsTaken(guarded.ctx, tx, service, decision, guarded.path);
  const fault = faultOf(guarded, decision, placement);
  if (fault) throw await refused(guarded, decision, fault);
}

/** A rule that is not met, or that the day of the decision knew none. */
type Fault = RuleCheck | 'NO_RULES';

function faultOf(
  { funding, offers }: Guarded,
  { id, instrument }: FundingDecision,
  placement: readonly string[],
): Fault | null {
  if (funding.rulesOf(funding.terms.get(id)!) === null) return 'NO_RULES';
  const offer = offers.find(one => one.instrument === instrument.code);
  return notMet(checksIn(funding, id, placement, offer))[0] ?? null;
}

async function missing({ ctx, catalogue, today, all, path }: Guarded, code: string): Promise<Refusal> {
  const nameOf = await namesOfCodes(ctx);
  const { rules = [] } = rulesOn(catalogue, today).get(code) ?? {};
  const rule = rules.find(({ kind }) => kind === InstrumentRuleKind.DECISION_NEEDED);
  const why = rule ? ` ${ruleText(rule, nameOf).de}.` : '';
  const known = all.filter(one => one.instrument.code === code && !isOver(one, today));
  const message = `Das Angebot nimmt nur mit „${nameOf(code).de}“ auf, und eine heute gültige Entscheidung dafür fehlt.${why}`;
  return new Refusal(DECISION_MISSING, `${message}${unusableText(known, today)}`, path);
}

/** Why none of those that are there can be used, as far as there are some. */
function unusableText([first, ...rest]: readonly FundingDecision[], today: string): string {
  if (!first) return '';
  const coming = [first, ...rest].map(one => one.validFrom).sort()[0]!;
  if (coming > today) return ` Eine Entscheidung dafür gilt erst ab dem ${germanDay(coming)}.`;
  return ' Eine Entscheidung dafür ist da, aber für eine andere Angebotsart oder eine andere Vermittlung.';
}

async function refused({ ctx, path }: Guarded, decision: FundingDecision, fault: Fault): Promise<Refusal> {
  const nameOf = await namesOfCodes(ctx);
  const name = nameOf(decision.instrument.code).de;
  if (fault === 'NO_RULES') {
    const message = `Für „${name}“ gab es am Tag der Entscheidung, dem ${germanDay(decision.decidedOn)}, keine Regeln.`;
    return new Refusal(NOT_ELIGIBLE, message, path);
  }
  const known = fault.seen ? ` (${fault.seen.de})` : '';
  const message = `Eine Regel von „${name}“ ist nicht erfüllt: ${ruleText(fault.rule, nameOf).de}${known}.`;
  return new Refusal(NOT_ELIGIBLE, message, path);
}
