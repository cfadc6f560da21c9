import type { EntityManager } from '@mikro-orm/postgresql';
import { type ClientCase, ClientCaseHealth } from '../client-case/client-case.entity.js';
import { namesOfCodes, rulesOn } from '../instrument/instrument.query.js';
import { InstrumentRuleKind } from '../instrument/instrument.rules.js';
import { type Catalogue, catalogueOf } from '../instrument/instrument-catalogue.query.js';
import { notMet, type RuleCheck, rulesChecked } from '../instrument/instrument-check.rules.js';
import { ruleText } from '../instrument/instrument-texts.rules.js';
import { instrumentsIn, instrumentsOn } from '../instrument/service-instrument.rules.js';
import type { Referral } from '../referral/referral.entity.js';
import { DisclosureBasis } from '../referral/referral.rules.js';
import type { Service } from '../service/service.entity.js';
import { berlinDay } from '../shared/calendar.rules.js';
import { change } from '../shared/change.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { sql } from '../shared/sql.js';
import type { FundingDecision } from './funding-decision.entity.js';
import { decisionsWhere, termsOf, usableFor } from './funding-decision.query.js';
import { factsOf, isValidOn } from './funding-decision.rules.js';

const { DECISION_MISSING, NOT_ELIGIBLE } = UserErrorCode;

/**
 * A service that takes nobody without an instrument wants a decision of the case that is valid today and meets the rules
 * of its day; so does whatever else is decided for this referral. What is used goes with the referral. The case is locked.
 * DECISION_MISSING, NOT_ELIGIBLE.
 */
export async function checkFunding(
  ctx: Context,
  tx: EntityManager,
  referral: Referral,
  service: Service,
  clientCase: ClientCase,
): Promise<void> {
  const today = berlinDay(ctx.now);
  const offers = instrumentsOn(instrumentsIn(service.instruments), today);
  const required = offers.filter(one => one.required).map(one => one.instrument);
  const all = await decisionsWhere(tx, sql`t.client_case_id = ${clientCase.id}`);
  const own = all.filter(one => one.referral?.id === referral.id);
  if (required.length === 0 && own.length === 0) return;
  const wanted = [...new Set([...required, ...own.map(one => one.instrument.code)])];
  const { needs } = await tx.findOneOrFail(ClientCaseHealth, { clientCase: clientCase.id });
  const client = { birthYear: clientCase.birthYear, needs, municipality: clientCase.municipality.key };
  const catalogue = await catalogueOf(tx);
  const failing = (decision: FundingDecision): RuleCheck[] => {
    const { code } = decision.instrument;
    const { rules = [] } = rulesOn(catalogue, decision.decidedOn).get(code) ?? {};
    const offer = offers.find(one => one.instrument === code);
    return notMet(rulesChecked(rules, factsOf(termsOf(decision), rules, all.map(termsOf), client, wanted, offer)));
  };
  const usable = (await usableFor(tx, referral, all)).filter(({ decision }) => isValidOn(termsOf(decision), today));
  const chosen = await Promise.all(
    wanted.map(async code => {
      const candidates = usable.filter(({ decision }) => decision.instrument.code === code);
      if (!candidates[0]) throw await missing(ctx, catalogue, code);
      const fit = candidates.find(({ decision }) => failing(decision).length === 0);
      if (!fit) throw await unfit(ctx, code, failing(candidates[0].decision)[0]!);
      return fit;
    }),
  );
  const ours = chosen.filter(one => !one.ofSibling).map(one => one.decision);
  await bind(tx, catalogue, referral, ours);
}

/** The partner is told with the sending; of a sensitive instrument on the basis of a consent only. */
export async function bind(
  tx: EntityManager,
  { byCode }: Catalogue,
  { id, basis }: Referral,
  decisions: readonly FundingDecision[],
): Promise<void> {
  if (decisions.length === 0) return;
  const told = decisions.filter(
    ({ instrument }) => basis === DisclosureBasis.CONSENT || byCode.get(instrument.code)?.sensitive === false,
  );
  const ids = decisions.map(one => one.id);
  const changed = await change(
    tx,
    sql`update funding_decision set referral_id = ${id}, disclosed = id = any(${told.map(one => one.id)}::uuid[]),
          version = version + 1 where id = any(${ids}::uuid[])`,
  );
  if (changed !== ids.length) throw new Error(`${ids.length} decisions were to change, ${changed} did.`);
}

/**
 * Of an offer to several services the first acceptance takes what was decided with it: the partner that takes the client on
 * is told instead of the other. As the hub itself, for its siblings are no business of the partner.
 */
export const followAcceptance = (tx: EntityManager, { id, basis, siblingGroup }: Referral): Promise<number> =>
  change(
    tx,
    sql`update funding_decision d set referral_id = ${id}, version = d.version + 1,
          disclosed = ${basis}::text = ${DisclosureBasis.CONSENT} or not i.sensitive
        from instrument i, referral r
        where i.code = d.instrument_code and r.id = d.referral_id and r.sibling_group = ${siblingGroup} and r.id <> ${id}`,
  );

async function missing(ctx: Context, catalogue: Catalogue, code: string): Promise<Refusal> {
  const nameOf = await namesOfCodes(ctx);
  const { rules = [] } = rulesOn(catalogue, berlinDay(ctx.now)).get(code) ?? {};
  const rule = rules.find(({ kind }) => kind === InstrumentRuleKind.DECISION_NEEDED);
  const why = rule ? ` ${ruleText(rule, nameOf).de}.` : '';
  const message = `Das Angebot nimmt nur mit „${nameOf(code).de}“ auf, und eine heute gültige Entscheidung dafür fehlt.${why}`;
  return new Refusal(DECISION_MISSING, message, ['id']);
}

async function unfit(ctx: Context, code: string, { rule, seen }: RuleCheck): Promise<Refusal> {
  const nameOf = await namesOfCodes(ctx);
  const known = seen ? ` (${seen.de})` : '';
  const message = `Eine Regel von „${nameOf(code).de}“ ist nicht erfüllt: ${ruleText(rule, nameOf).de}${known}.`;
  return new Refusal(NOT_ELIGIBLE, message, ['id']);
}
