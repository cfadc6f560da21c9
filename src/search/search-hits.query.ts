import { allOf, anyOf, type Sql, sql, unionOf, verbatim } from '../shared/sql.js';
import type { PlanOfNetwork, SearchPlan } from './search-plan.query.js';
import { SearchHow, type Wanted, type Way } from './search-plan.rules.js';
import { lexeme, type SearchKind } from './search-record.rules.js';
import { weakestOf } from './search-weakest.rules.js';

/**
 * What a word is worth by the weightiest fields in which it was met (name; or label; or partner and places; or anywhere)
 * and by how, 100 at most. Whole numbers, so that cursor and order agree.
 */
const WORTH: readonly { weights: string; worth: Readonly<Record<Kind, number>> }[] = [
  { weights: 'A', worth: { itself: 100, compound: 80, synonym: 55 } },
  { weights: 'AB', worth: { itself: 60, compound: 50, synonym: 35 } },
  { weights: 'ABC', worth: { itself: 40, compound: 30, synonym: 18 } },
  { weights: '', worth: { itself: 22, compound: 16, synonym: 10 } },
];

type Kind = 'itself' | 'compound' | 'synonym';
const KINDS: readonly Kind[] = ['itself', 'compound', 'synonym'];

const kindOf = ({ how }: Way): Kind =>
  how === SearchHow.SYNONYM ? 'synonym' : how === SearchHow.COMPOUND ? 'compound' : 'itself';

/**
 * SQL: the records of some kinds that meet a plan, as rows (id, partner_id, service_id, job_opening_id, name, rank), the
 * rank up to 100. `network`: of this one only.
 */
export function hitsOf({ plans }: SearchPlan, kinds: readonly SearchKind[], network: string | null = null): Sql {
  const named = plans.flatMap(plan => plan.networkId ?? []);
  const of = (plan: PlanOfNetwork): Sql =>
    plan.networkId !== null
      ? sql`d.network_id = ${plan.networkId}::uuid`
      : named.length > 0
        ? sql`d.network_id <> all(${named}::uuid[])`
        : sql`true`;
  const conditions = [
    anyOf(kinds.map(kind => OF_KIND[kind])),
    ...(network ? [sql`d.network_id = ${network}::uuid`] : []),
  ];
  const asked = plans.filter(({ wanted }) => wanted.every(({ ways }) => ways.length > 0));
  if (asked.length === 0) return sql`select ${COLUMNS}, 0 as rank from search_document d where false`;
  return unionOf(
    asked.map(
      plan => sql`select ${COLUMNS}, ${rankOf(plan.wanted)} as rank from search_document d
        where ${allOf([meets(plan.wanted), of(plan), ...conditions])}`,
    ),
  );
}

const COLUMNS = sql`d.id, d.partner_id, d.service_id, d.job_opening_id, d.name`;

const OF_KIND: Readonly<Record<SearchKind, Sql>> = {
  PARTNER: sql`d.service_id is null and d.job_opening_id is null`,
  SERVICE: sql`d.service_id is not null`,
  JOB_OPENING: sql`d.job_opening_id is not null`,
};

const meets = (wanted: readonly Wanted[]): Sql =>
  sql`d.terms @@ ${wanted.map(({ ways }) => `(${queryOf(ways, '')})`).join(' & ')}::tsquery`;

const rankOf = (wanted: readonly Wanted[]): Sql =>
  sql`((${wanted.map(worthOf).reduce((sum, one) => sql`${sum} + ${one}`)}) / ${verbatim(String(wanted.length))})`;

/** First in which fields, then how: most records fail at the first question or pass two. */
function worthOf({ ways }: Wanted): Sql {
  const kinds = KINDS.filter(kind => ways.some(way => kindOf(way) === kind));
  const levels = WORTH.map(({ weights, worth }) => {
    const [last, ...better] = kinds.toReversed();
    const how = better.reduce(
      (rest, kind) => sql`case when d.terms @@ ${queryOf(ofKind(ways, kind), weights)}::tsquery
        then ${verbatim(String(worth[kind]))} else ${rest} end`,
      verbatim(String(worth[last!])),
    );
    return weights ? sql`when d.terms @@ ${queryOf(ways, weights)}::tsquery then ${how}` : sql`else ${how}`;
  });
  return sql`case ${levels.reduce((all, level) => sql`${all} ${level}`)} end`;
}

const ofKind = (ways: readonly Way[], kind: Kind): Way[] => ways.filter(way => kindOf(way) === kind);

/** The text of a tsquery: one of the ways, in fields of these weights. */
const queryOf = (ways: readonly Way[], weights: string): string =>
  weakestOf(ways)
    .map(slots => slots.map(terms => `(${terms.map(term => lexeme(term) + (weights && `:${weights}`)).join(' | ')})`))
    .map(slots => `(${slots.join(' & ')})`)
    .join(' | ');
