import type { EntityManager } from '@mikro-orm/postgresql';
import type { Referral } from '../referral/referral.entity.js';
import { OPEN, ReferralStatus } from '../referral/referral.rules.js';
import { FeedbackLevel } from '../service/service.rules.js';
import { berlinDay } from '../shared/calendar.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { anyOf, columnsOf, entitiesOf, rowsOf, type Sql, sql } from '../shared/sql.js';
import { decisionVisibleTo } from './funding-decision.access.js';
import { FundingDecision } from './funding-decision.entity.js';
import { type DecisionTerms, mayHaveBegun, SET_FREE_BY, USED_IF_BEGUN } from './funding-decision.rules.js';

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

/** What its rules look at. @param inUse as `decisionsInUse` finds them */
export const termsOf = (decision: FundingDecision, inUse: InUse): DecisionTerms => ({
  ...decision,
  id: decision.id,
  instrument: decision.instrument.code,
  recordedAt: decision.createdAt,
  recordedOn: berlinDay(decision.createdAt),
  inUse: inUse.has(decision.id),
  endedOn: inUse.get(decision.id) ?? null,
});

/** By the ids of the decisions that count as used the last day of what they went with; null: something goes on. */
export type InUse = ReadonlyMap<string, string | null>;

/** SQL: did the referral end where it had begun, or may have, for all that its caseworkers are told? */
const MAY_HAVE_BEGUN = anyOf(
  Object.values(FeedbackLevel).map(
    level => sql`r.feedback_level = ${level} and ended.seen_from = any(${mayHaveBegun(level)}::text[])`,
  ),
);

/**
 * Those of these cases that count as used, as the caseworkers see it: they go, or went, with a referral, or go with one of
 * the same offer. What ended unseen goes on for them.
 */
export const decisionsInUse = (em: EntityManager, cases: readonly string[]): Promise<DecisionInUse[]> =>
  rowsOf<DecisionInUse>(
    em,
    sql`select d.id, d.client_case_id as "clientCase",
          case when not bool_or(r.seen_status = any(${OPEN}::text[])) then max(ended.day)::text end as "endedOn"
        from funding_decision d
        left join referral own on own.id = d.referral_id
        join referral r on r.client_case_id = d.client_case_id and r.sent_at is not null
          and (r.id = own.id or r.id = any(d.went_with) or r.sibling_group = own.sibling_group)
        left join lateral (
          select (e.at at time zone 'Europe/Berlin')::date as day, e.seen_from from referral_event e
          where e.referral_id = r.id and e.seen_to = r.seen_status order by e.number desc limit 1) ended on true
        where d.client_case_id = any(${cases}::uuid[])
          and (r.seen_status = any(${[...OPEN, ReferralStatus.COMPLETED]}::text[])
            or r.seen_status = any(${USED_IF_BEGUN}::text[]) and (${MAY_HAVE_BEGUN}))
        group by d.id`,
  );

export const byDecision = (inUse: readonly DecisionInUse[]): InUse =>
  new Map(inUse.map(({ id, endedOn }) => [id, endedOn]));

export interface DecisionInUse {
  readonly id: string;
  readonly clientCase: string;
  /** YYYY-MM-DD. */
  readonly endedOn: string | null;
}

/** A decision that may go with a referral. */
export interface UsableDecision {
  readonly decision: FundingDecision;
  /** It goes with another referral of the same offer to several services. */
  readonly ofSibling: boolean;
}

/** Where a decision is. */
export interface Holder {
  readonly id: string;
  readonly siblingGroup: string | null;
  /** It was sent, and has not come to nothing itself. */
  readonly goesOn: boolean;
  /** It was sent, and it or another of the same offer has not come to nothing: none else may have what goes with it. */
  readonly keeps: boolean;
  readonly sent: boolean;
}

/**
 * The referrals of decisions, by their ids. One decision goes with one placement: with a referral, or with those that offer
 * the case to several services. A draft has used nothing, and what came to nothing altogether has given it back.
 */
export async function holdersOf(
  tx: EntityManager,
  decisions: readonly FundingDecision[],
): Promise<ReadonlyMap<string, Holder>> {
  const rows = await rowsOf<Holder>(
    tx,
    sql`select r.id, r.sibling_group as "siblingGroup", r.sent_at is not null as sent,
          r.sent_at is not null and not r.seen_status = any(${SET_FREE_BY}::text[]) as "goesOn",
          r.sent_at is not null and exists (
            select from referral p where p.client_case_id = r.client_case_id and p.sent_at is not null
              and (p.id = r.id or p.sibling_group = r.sibling_group)
              and not p.seen_status = any(${SET_FREE_BY}::text[])) as keeps
        from referral r where r.id = any(${decisions.flatMap(one => one.referral?.id ?? [])}::uuid[])`,
  );
  return new Map(rows.map(holder => [holder.id, holder]));
}

/**
 * Those of a case's decisions that may go with a referral: for its kind of service, and of no other placement, but for one
 * that came to nothing. Its own come first.
 */
export async function usableFor(
  tx: EntityManager,
  { id, siblingGroup, service }: Referral,
  decisions: readonly FundingDecision[],
): Promise<UsableDecision[]> {
  const holders = await holdersOf(tx, decisions);
  const kinds = await kindsOf(tx, service.id);
  const usable = decisions.flatMap(decision => {
    const { category, referral } = decision;
    if (category && !kinds.has(category.code)) return [];
    if (!referral || referral.id === id) return [{ decision, ofSibling: false }];
    const holder = holders.get(referral.id);
    if (!holder) return [];
    if (holder.sent && holder.siblingGroup !== null && holder.siblingGroup === siblingGroup)
      return [{ decision, ofSibling: true }];
    return holder.keeps ? [] : [{ decision, ofSibling: false }];
  });
  const isOwn = ({ decision }: UsableDecision): boolean => decision.referral?.id === id;
  return usable.sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
}

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
