import type { EntityManager } from '@mikro-orm/postgresql';
import { change } from '../shared/change.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';

/** How rows of the index differ from what the tables say. */
export interface Drift {
  readonly missing: number;
  readonly different: number;
  readonly superfluous: number;
}

/** Of the cards of services, and of the entries that follow from what the cards should be. */
export interface FinderDrift {
  readonly cards: Drift;
  readonly entries: Drift;
}

const ENTRY_KEY = 'area_key, category_code, service_id';

export const isDrifted = ({ cards, entries }: FinderDrift): boolean =>
  [cards, entries].some(one => one.missing + one.different + one.superfluous > 0);

/** Compares the finder index with the tables that it follows from, as of one moment. */
export async function finderDrift(em: EntityManager): Promise<FinderDrift> {
  return em.transactional(
    async tx => ({
      cards: await driftOf(tx, 'finder_service', 'finder_wanted()', 'service_id'),
      entries: await driftOf(tx, 'finder_area', 'finder_entries_wanted()', ENTRY_KEY),
    }),
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

/**
 * Makes the finder index what the tables say, in one transaction, and tells how it was. Whoever changes services waits
 * meanwhile; what looks at the index does not. The owner's work.
 */
export async function repairFinder(em: EntityManager): Promise<FinderDrift> {
  return em.transactional(async tx => {
    await change(tx, sql`lock table finder_service, finder_area in share row exclusive mode`);
    const cards = await repaired(tx, 'finder_service', 'finder_wanted()', 'service_id');
    return { cards, entries: await repaired(tx, 'finder_area', 'finder_entries_wanted()', ENTRY_KEY) };
  });
}

async function driftOf(tx: EntityManager, table: string, wanted: string, key: string): Promise<Drift> {
  const [drift] = await rowsOf<Drift>(
    tx,
    sql`select count(*) filter (where f.service_id is null)::int as missing,
          count(*) filter (where w.service_id is null)::int as superfluous,
          count(*) filter (where f.service_id is not null and w.service_id is not null
            and row(w.*) is distinct from row(f.*))::int as different
        from ${verbatim(table)} f full join ${verbatim(wanted)} w using (${verbatim(key)})`,
  );
  return drift!;
}

async function repaired(tx: EntityManager, table: string, wanted: string, key: string): Promise<Drift> {
  const drift = await driftOf(tx, table, wanted, key);
  const [index, should, by] = [verbatim(table), verbatim(wanted), verbatim(key)];
  if (drift.different + drift.superfluous > 0)
    await change(
      tx,
      sql`delete from ${index} where (${by}) in (
            select ${by} from ${index} f left join ${should} w using (${by})
            where w.service_id is null or row(w.*) is distinct from row(f.*))`,
    );
  if (drift.missing + drift.different > 0)
    await change(
      tx,
      sql`insert into ${index} select w.* from ${should} w left join ${index} f using (${by})
          where f.service_id is null order by ${by}`,
    );
  return drift;
}
