import { allOf, anyOf, type Sql, sql, unionOf, verbatim } from '../shared/sql.js';
import type { PlanOfNetwork, SearchPlan } from './search-plan.query.js';
import type { Wanted } from './search-plan.rules.js';
import type { SearchKind } from './search-record.rules.js';
import { allMet, bestOf, classesOf, kindsOf, queryOf, WORTH, type WorthClass, without } from './search-worth.rules.js';

/** Records that meet a plan, as SQL: rows (id, partner_id, service_id, job_opening_id, publication_id, name, rank), the rank up to 100. */
export interface Hits {
  readonly all: Sql;
  /** The same in parts: what is in one ranks above all that is in the next. */
  readonly tiers: readonly Sql[];
}

/** SQL: the records of some kinds that meet a plan. `network`: of this one only. */
export function hitsOf({ plans }: SearchPlan, kinds: readonly SearchKind[], network: string | null = null): Hits {
  const named = plans.flatMap(plan => plan.networkId ?? []);
  const own = plans.filter(plan => plan.networkId === network);
  const asked = (network && own.length > 0 ? own : plans).filter(({ wanted }) =>
    wanted.every(({ ways }) => ways.length > 0),
  );
  if (asked.length === 0) return { all: NONE, tiers: [NONE] };
  const among = ({ networkId }: PlanOfNetwork): Sql[] => [
    anyOf(kinds.map(kind => OF_KIND[kind])),
    ...(network ? [sql`d.network_id = ${network}::uuid`] : []),
    ...(networkId !== null ? [sql`d.network_id = ${networkId}::uuid`] : []),
    ...(networkId === null && named.length > 0 ? [sql`d.network_id <> all(${named}::uuid[])`] : []),
  ];
  const all = unionOf(asked.map(plan => ranked(plan.wanted, allMet(plan.wanted), among(plan))));
  // Parts of several plans would lie across each other.
  return { all, tiers: asked.length === 1 ? tiersOf(asked[0]!.wanted, among(asked[0]!), all) : [all] };
}

const COLUMNS = sql`d.id, d.partner_id, d.service_id, d.job_opening_id, d.publication_id, d.name`;
const NONE = sql`select ${COLUMNS}, 0 as rank from search_document d where false`;

/** SQL: is the document `d` of that kind? */
export const OF_KIND: Readonly<Record<SearchKind, Sql>> = {
  PARTNER: sql`d.service_id is null and d.job_opening_id is null and d.publication_id is null`,
  SERVICE: sql`d.service_id is not null`,
  JOB_OPENING: sql`d.job_opening_id is not null`,
  PUBLICATION: sql`d.publication_id is not null`,
};

/** What the records of each part rank above. Of several words only the best rank is a part of its own. */
const ABOVE: readonly number[] = [80, 60, 40, 18, 0];

function tiersOf(wanted: readonly Wanted[], among: readonly Sql[], all: Sql): Sql[] {
  if (wanted.some(({ known }) => !known)) return [all];
  const ofClass = ({ worth, query }: WorthClass): Sql => ofRank(verbatim(String(worth)), query, among);
  if (wanted.length > 1) {
    const best = bestOf(wanted);
    return [ofClass(best), ranked(wanted, without(allMet(wanted), [best.query]), among)];
  }
  const classes = classesOf(wanted[0]!);
  return ABOVE.map((above, i) => classes.filter(({ worth }) => worth > above && worth <= (ABOVE[i - 1] ?? worth)))
    .filter(some => some.length > 0)
    .map(some => unionOf(some.map(ofClass)));
}

const ranked = (wanted: readonly Wanted[], query: string, among: readonly Sql[]): Sql =>
  ofRank(rankOf(wanted), query, among);

const ofRank = (rank: Sql, query: string, among: readonly Sql[]): Sql =>
  sql`select ${COLUMNS}, ${rank} as rank from search_document d
      where ${allOf([sql`d.terms @@ ${query}::tsquery`, ...among])}`;

/** Between the mean of the worths and the least; each is computed once. */
function rankOf(wanted: readonly Wanted[]): Sql {
  const [first, ...others] = wanted.map(worthOf);
  if (others.length === 0) return first!;
  const all = others.reduce((list, one) => sql`${list}, ${one}`, first!);
  const words = verbatim(String(wanted.length));
  return sql`(select ((sum(worth) + ${words} * min(worth)) / (2 * ${words}))::int from unnest(array[${all}]) as worth)`;
}

/** First in which fields, then how: most records fail at the first question or pass two. */
function worthOf(wanted: Wanted): Sql {
  const kinds = kindsOf(wanted);
  const levels = WORTH.map(({ weights, worth }, i) => {
    const [last, ...better] = kinds.toReversed();
    const how = better.reduce(
      (rest, { kind, ways }) => sql`case when d.terms @@ ${queryOf(ways, weights)}::tsquery
        then ${verbatim(String(worth[kind]))} else ${rest} end`,
      verbatim(String(worth[last!.kind])),
    );
    return i < WORTH.length - 1
      ? sql`when d.terms @@ ${queryOf(wanted.ways, weights)}::tsquery then ${how}`
      : sql`else ${how}`;
  });
  return sql`case ${levels.reduce((all, level) => sql`${all} ${level}`)} end`;
}
