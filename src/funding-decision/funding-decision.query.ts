import type { EntityManager } from '@mikro-orm/postgresql';
import { rulesOn } from '../instrument/instrument.query.js';
import { type RuleCheck, rulesChecked } from '../instrument/instrument-check.rules.js';
import { instrumentsIn } from '../instrument/service-instrument.rules.js';
import type { Referral } from '../referral/referral.entity.js';
import type { ReferralStatus } from '../referral/referral.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { decisionVisibleTo } from './funding-decision.access.js';
import { FundingDecision } from './funding-decision.entity.js';
import { type DecisionTerms, factsOf, SET_FREE_BY } from './funding-decision.rules.js';

/** Null where there is none, or none that the viewer may see. */
export async function findFundingDecision({ em, viewer }: Context, id: string): Promise<FundingDecision | null> {
  if (!isId(id)) return null;
  const [found] = await decisionsWhere(em, sql`t.id = ${id} and ${decisionVisibleTo(viewer)}`);
  return found ?? null;
}

/** The decisions of which the condition holds, the newest first. */
export const decisionsWhere = (em: EntityManager, condition: Sql): Promise<FundingDecision[]> =>
  entitiesOf(
    em,
    FundingDecision,
    sql`select ${columnsOf(em, FundingDecision, 't')} from funding_decision t where ${condition}
        order by t.decided_on desc, t.created_at desc, t.id`,
  );

/** What its rules look at. */
export const termsOf = (decision: FundingDecision): DecisionTerms => ({
  ...decision,
  id: decision.id,
  instrument: decision.instrument.code,
});

/** The rules of the instrument on the day of the decision, each held against what is known; for caseworkers on the case. */
export async function checksOfDecision({ loaders }: Context, decision: FundingDecision): Promise<RuleCheck[]> {
  const clientCase = await loaders.ownCase.load(decision.clientCase.id);
  if (!clientCase) return [];
  const [catalogue, health, all] = await Promise.all([
    loaders.instruments(),
    loaders.healthOfCase.load(clientCase.id),
    loaders.decisionsOfCase.load(clientCase.id),
  ]);
  const terms = termsOf(decision);
  const { rules = [] } = rulesOn(catalogue, decision.decidedOn).get(terms.instrument) ?? {};
  const together = decision.referral ? all.filter(one => one.referral?.id === decision.referral!.id) : [decision];
  const client = {
    birthYear: clientCase.birthYear,
    needs: health?.needs ?? [],
    municipality: clientCase.municipality.key,
  };
  const service = decision.referral ? await (await decision.referral.loadOrFail()).service.loadOrFail() : null;
  const offer = instrumentsIn(service?.instruments).find(one => one.instrument === terms.instrument);
  const placement = together.map(one => one.instrument.code);
  return rulesChecked(rules, factsOf(terms, rules, all.map(termsOf), client, placement, offer));
}

/** A decision that may go with a referral. */
export interface UsableDecision {
  readonly decision: FundingDecision;
  /** It goes with another referral of the same offer to several services. */
  readonly ofSibling: boolean;
}

/**
 * Those of a case's decisions that may go with a referral: for its kind of service, and of no other referral, but for one
 * that came to nothing or is a sibling. Its own come first.
 */
export async function usableFor(
  tx: EntityManager,
  { id, siblingGroup, service }: Referral,
  decisions: readonly FundingDecision[],
): Promise<UsableDecision[]> {
  const others = await rowsOf<{ id: string; status: ReferralStatus; sent: boolean; sibling_group: string | null }>(
    tx,
    sql`select r.id, r.seen_status as status, r.sent_at is not null as sent, r.sibling_group from referral r
        where r.id = any(${decisions.flatMap(one => one.referral?.id ?? [])}::uuid[])`,
  );
  const kinds = await rowsOf<{ code: string }>(
    tx,
    sql`with recursive above (code) as (
          select category_code from service_category where service_id = ${service.id}
          union select c.parent_code from category c join above on above.code = c.code where c.parent_code is not null)
        select code from above`,
  );
  const usable = decisions.flatMap(decision => {
    const { category, referral } = decision;
    if (category && !kinds.some(({ code }) => code === category.code)) return [];
    if (!referral || referral.id === id) return [{ decision, ofSibling: false }];
    const other = others.find(one => one.id === referral.id);
    if (!other) return [];
    if (other.sibling_group !== null && other.sibling_group === siblingGroup) return [{ decision, ofSibling: true }];
    return isSetFree(other) ? [{ decision, ofSibling: false }] : [];
  });
  const isOwn = ({ decision }: UsableDecision): boolean => decision.referral?.id === id;
  return usable.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

/** A draft has used nothing, and what came to nothing has given it back. */
export const isSetFree = ({ status, sent }: { status: ReferralStatus; sent: boolean }): boolean =>
  !sent || SET_FREE_BY.includes(status);
