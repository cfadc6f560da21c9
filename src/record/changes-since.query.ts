import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';
import type { ChangesSince } from './conflict.rules.js';
import { documentBefore, type RecordChanges } from './record.rules.js';

/** What changed of records since the version that somebody has read of each, by id; one statement, however many. */
export async function changesSince(
  em: EntityManager,
  read: readonly { readonly id: string; readonly version: number }[],
): Promise<ReadonlyMap<string, ChangesSince>> {
  if (read.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; changes: RecordChanges }>(
    em,
    sql`select r.record_id as id, r.changes
        from unnest(${read.map(({ id }) => id)}::uuid[], ${read.map(({ version }) => version)}::int[]) as _ (id, version)
        join revision r on r.record_id = _.id and r.version > _.version order by r.record_id, r.version desc`,
  );
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, newestFirst]) => {
      const changes = newestFirst.map(one => one.changes);
      return [id, { base: documentBefore({}, changes), versions: changes.length }];
    }),
  );
}
