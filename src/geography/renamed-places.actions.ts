import type { EntityManager } from '@mikro-orm/postgresql';
import { markStale, reindexPartners } from '../search/search-reindex.actions.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { ImportCounts, ImportWish } from './geo-import.js';

/**
 * An import after which everything is found by the names that its places have now: the partners with a location in a
 * municipality that it renamed, or whose district it did, are indexed anew, some a transaction, so that nobody waits who
 * edits one meanwhile. Where it is cut off before the last of them, the next start, or `reindex`, makes all anew.
 */
export async function findingRenamed(
  em: EntityManager,
  { dryRun, progress }: Pick<ImportWish, 'dryRun' | 'progress'>,
  work: () => Promise<ImportCounts>,
): Promise<ImportCounts> {
  if (dryRun) return work();
  const before = await namesOf(em);
  const fresh = await markStale(em);
  const counts = await work().catch(async error => {
    // Nothing was written.
    await fresh();
    throw error;
  });
  const renamed = [...(await namesOf(em))].filter(([key, name]) => (before.get(key) ?? name) !== name);
  const partners = await partnersIn(
    em,
    renamed.map(([key]) => key),
  );
  if (partners.length > 0) await reindexPartners(em, partners, progress);
  await fresh();
  return counts;
}

/** What a record is found by of the municipality of a location. */
async function namesOf(em: EntityManager): Promise<Map<string, string>> {
  const rows = await rowsOf<{ key: string; name: string }>(
    em,
    sql`select key, name || ' | ' || district_name as name from municipality`,
  );
  return new Map(rows.map(({ key, name }) => [key, name]));
}

async function partnersIn(em: EntityManager, municipalities: readonly string[]): Promise<string[]> {
  if (municipalities.length === 0) return [];
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`select distinct partner_id as id from location where municipality_key = any(${municipalities}::text[]) order by 1`,
  );
  return rows.map(({ id }) => id);
}
