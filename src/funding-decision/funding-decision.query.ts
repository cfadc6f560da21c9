import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import type { ReferralStatus } from '../referral/referral.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { decisionVisibleTo } from './funding-decision.access.js';
import { FundingDecision } from './funding-decision.entity.js';
import { type DecisionTerms, SET_FREE_BY, UNUSED_BY } from './funding-decision.rules.js';

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

/** What its rules look at. @param inUse ids, as `decisionsInUse` finds them */
export const termsOf = (decision: FundingDecision, inUse: ReadonlySet<string>): DecisionTerms => ({
  ...decision,
  id: decision.id,
  instrument: decision.instrument.code,
  recordedAt: decision.createdAt,
  recordedOn: berlinDay(decision.createdAt),
  inUse: inUse.has(decision.id),
});

/** Those of these cases that count as used: they go, or went, with a referral, as the caseworkers see it. */
export const decisionsInUse = (em: EntityManager, cases: readonly string[]): Promise<DecisionInUse[]> =>
  rowsOf<DecisionInUse>(
    em,
    sql`select d.id, d.client_case_id as "clientCase" from funding_decision d join referral r on r.id = d.referral_id
        where d.client_case_id = any(${cases}::uuid[]) and r.sent_at is not null
          and not r.seen_status = any(${UNUSED_BY}::text[])`,
  );

export interface DecisionInUse {
  readonly id: string;
  readonly clientCase: string;
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
  const kinds = await kindsOf(tx, service.id);
  const usable = decisions.flatMap(decision => {
    const { category, referral } = decision;
    if (category && !kinds.has(category.code)) return [];
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

/** Is it for services of that kind? */
export const isForKindOf = async (
  tx: EntityManager,
  { category }: FundingDecision,
  service: string,
): Promise<boolean> => category === null || (await kindsOf(tx, service)).has(category.code);

/** Codes of the categories of a service, and of all above them. */
async function kindsOf(tx: EntityManager, service: string): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<{ code: string }>(
    tx,
    sql`with recursive above (code) as (
          select category_code from service_category where service_id = ${service}
          union select c.parent_code from category c join above on above.code = c.code where c.parent_code is not null)
        select code from above`,
  );
  return new Set(rows.map(({ code }) => code));
}
