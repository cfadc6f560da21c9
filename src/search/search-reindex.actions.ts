import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { during, type Progress, SILENT } from '../shared/progress.js';
import { rowsOf, sql } from '../shared/sql.js';
import { indexPlaces, indexRecords } from './search-index.actions.js';
import { SEARCH_RULES } from './search-version.rules.js';
import { keysOf } from './synonyms.rules.js';

/** Partners of one transaction, with all that they have; or publications. */
const BATCH = 500;

export interface Reindexed {
  partners: number;
  /** Words that nothing holds any more. */
  forgotten: number;
}

/** Makes the index anew where another lexicon or other rules made it; was it done? */
export async function indexIfRulesChanged(em: EntityManager, now: Date): Promise<boolean> {
  const [state] = await rowsOf<{ rules: string }>(em, sql`select rules from search_state`);
  if (state?.rules === SEARCH_RULES) return false;
  await reindex(em, now);
  return true;
}

/**
 * Makes the whole index anew while everybody goes on working, some partners a transaction: what differs is written,
 * words that nothing holds any more are forgotten. As the owner.
 */
export async function reindex(em: EntityManager, now: Date, progress: Progress = SILENT): Promise<Reindexed> {
  const before = await rowsOf<{ word: string }>(em, sql`select word from search_word`);
  const partners = (await rowsOf<{ id: string }>(em, sql`select id from partner order by id`)).map(row => row.id);
  const held = await em.fork().transactional(indexPlaces);
  for (const word of await reindexPartners(em, partners, progress)) held.add(word);
  for (const word of await reindexed(em, 'publications', await publicationIds(em))) held.add(word);
  const gone = before.map(row => row.word).filter(word => !held.has(word));
  return em.fork().transactional(async tx => {
    await keySynonymsAnew(tx);
    await markIndexed(tx, now);
    const forgotten = await change(tx, sql`delete from search_word where word = any(${gone}::text[])`);
    return { partners: partners.length, forgotten };
  });
}

/**
 * Brings partners and all that they have up to date, some partners a transaction, while everybody goes on working.
 *
 * @returns the folded words that they hold
 */
export async function reindexPartners(
  em: EntityManager,
  partners: readonly string[],
  progress: Progress,
): Promise<Set<string>> {
  return during(progress, 'partners', partners.length, advance => reindexed(em, 'partners', partners, advance));
}

async function reindexed(
  em: EntityManager,
  kind: 'partners' | 'publications',
  ids: readonly string[],
  advance: (count: number) => void = () => {},
): Promise<Set<string>> {
  const held = new Set<string>();
  for (let from = 0; from < ids.length; from += BATCH) {
    const some = ids.slice(from, from + BATCH);
    for (const word of await em.fork().transactional(tx => indexRecords(tx, { [kind]: some }))) held.add(word);
    advance(some.length);
  }
  return held;
}

const publicationIds = async (em: EntityManager): Promise<string[]> =>
  (await rowsOf<{ id: string }>(em, sql`select id from publication order by id`)).map(row => row.id);

/**
 * From now on the index counts as old, until what this answers is called: of who is killed in between the next start
 * makes all anew. As the owner.
 */
export async function markStale(em: EntityManager): Promise<() => Promise<void>> {
  const mark = ` stale ${randomUUID()}`;
  await change(em, sql`update search_state set rules = rules || ${mark}`);
  return async () => {
    await change(em, sql`update search_state set rules = replace(rules, ${mark}, '')`);
  };
}

/** Everything in the caller's transaction: for a database that is being filled. */
export async function indexEverything(tx: EntityManager, now: Date): Promise<void> {
  const partners = await rowsOf<{ id: string }>(tx, sql`select id from partner`);
  await indexPlaces(tx);
  await indexRecords(tx, { partners: partners.map(row => row.id), publications: await publicationIds(tx) });
  await markIndexed(tx, now);
}

const markIndexed = (tx: EntityManager, now: Date): Promise<unknown> =>
  change(
    tx,
    sql`insert into search_state (name, rules, indexed_at) values ('index', ${SEARCH_RULES}, ${now})
        on conflict (name) do update set rules = excluded.rules, indexed_at = excluded.indexed_at`,
  );

/** Groups of the networks are looked up by what the rules of today make of their words. */
async function keySynonymsAnew(tx: EntityManager): Promise<void> {
  const groups = await rowsOf<{ id: string; words: string[] }>(
    tx,
    sql`select id, words from search_synonym where network_id is not null`,
  );
  const rows = groups.map(group => ({ id: group.id, keys: keysOf(group) }));
  await change(
    tx,
    sql`update search_synonym s set keys = r.keys
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, keys text[])
        where s.id = r.id and s.keys is distinct from r.keys`,
  );
}
