import { rulesOn } from '../instrument/instrument.query.js';
import type { InstrumentRule } from '../instrument/instrument.rules.js';
import type { Catalogue } from '../instrument/instrument-catalogue.query.js';
import { type RuleCheck, rulesChecked } from '../instrument/instrument-check.rules.js';
import { instrumentsIn, type ServiceInstrument } from '../instrument/service-instrument.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import type { FundingDecision } from './funding-decision.entity.js';
import { type InUse, termsOf } from './funding-decision.query.js';
import { type DecisionClient, type DecisionTerms, factsOf, isOver } from './funding-decision.rules.js';
import { type MonthsUsed, monthsUsed } from './months-used.rules.js';

/** All that was decided for one case, with what the rules are held against. */
export interface CaseFunding {
  /** By the ids of the decisions. */
  readonly terms: ReadonlyMap<string, DecisionTerms>;
  readonly used: MonthsUsed;
  readonly client: DecisionClient;
  /** The rules of the day of a decision; null: there were none. */
  readonly rulesOf: (decision: DecisionTerms) => readonly InstrumentRule[] | null;
}

/** @param inUse as `decisionsInUse` finds them. @param today YYYY-MM-DD */
export function fundingOf(
  catalogue: Catalogue,
  client: DecisionClient,
  decisions: readonly FundingDecision[],
  inUse: InUse,
  today: string,
): CaseFunding {
  const terms = decisions.map(one => termsOf(one, inUse));
  const rulesOf = (decision: DecisionTerms): readonly InstrumentRule[] | null =>
    rulesOn(catalogue, decision.decidedOn).get(decision.instrument)?.rules ?? null;
  const used = monthsUsed(terms, one => rulesOf(one) ?? [], client, today);
  return { terms: new Map(terms.map(one => [one.id, one])), used, client, rulesOf };
}

/**
 * The rules of the instrument on the day of the decision, each held against what is known.
 *
 * @param placement codes of the instruments of the same placement
 * @param offer what the service says of the instrument
 */
export function checksIn(
  { terms, used, client, rulesOf }: CaseFunding,
  id: string,
  placement: readonly string[],
  offer: ServiceInstrument | undefined,
): RuleCheck[] {
  const own = terms.get(id)!;
  const rules = rulesOf(own) ?? [];
  return rulesChecked(rules, factsOf(own, rules, used.get(id) ?? null, client, placement, offer));
}

/** The same for one decision with what else goes with its referral; for caseworkers on the case. */
export async function checksOfDecision(ctx: Context, decision: FundingDecision): Promise<RuleCheck[]> {
  const funding = await ctx.loaders.fundingOfCase(ctx, decision.clientCase.id);
  if (!funding) return [];
  const service = decision.referral ? await (await decision.referral.loadOrFail()).service.loadOrFail() : null;
  const offer = instrumentsIn(service?.instruments).find(one => one.instrument === decision.instrument.code);
  return checksIn(funding, decision.id, placementOf(funding, decision, berlinDay(ctx.now)), offer);
}

/** Codes of what goes with the referral of a decision: what is over is no part of it. */
function placementOf({ terms }: CaseFunding, { id, referral }: FundingDecision, today: string): string[] {
  const isPart = (one: DecisionTerms): boolean =>
    one.id === id || (referral !== null && one.referral?.id === referral.id && !isOver(one, today));
  return [...terms.values()].filter(isPart).map(one => one.instrument);
}
