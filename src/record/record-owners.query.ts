import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import { type RecordKind, RecordName } from './record.rules.js';

/** The column of `partner_merge` with the ids of the records that came along; the other kinds have no past. */
const MOVED: Readonly<Partial<Record<RecordName, string>>> = {
  [RecordName.SERVICE]: 'services',
  [RecordName.LOCATION]: 'locations',
};

/**
 * SQL: id of the partner whose a record was at a moment. Records change hands by merges alone, and each of these tells
 * what it moved, and from whom: the first one since then tells.
 *
 * @param id SQL, of the record
 * @param today SQL, id of the partner whose it is
 * @param at SQL, the moment
 */
export function ownerAt({ name }: Pick<RecordKind, 'name'>, id: Sql, today: Sql, at: Sql): Sql {
  const moved = MOVED[name];
  if (!moved) return today;
  return sql`coalesce((select m.other_id from partner_merge m
    where m.${verbatim(moved)} @> array[${id}] and m.at > ${at} order by m.at limit 1), ${today})`;
}

/** SQL: ids of all records that were some of these partners' at a moment; there may be others among them. */
export function ownedSince({ name, table }: RecordKind, partners: readonly string[], at: Date): Sql {
  const today = sql`select id from ${verbatim(table)} where partner_id = any(${partners}::uuid[])`;
  const moved = MOVED[name];
  if (!moved) return today;
  return sql`${today} union all
    select unnest(m.${verbatim(moved)}) from partner_merge m where m.other_id = any(${partners}::uuid[]) and m.at > ${at}`;
}

/** Id of the partner that stood for this one at a moment: itself, as long as it was not merged. */
export async function stoodFor(em: EntityManager, partner: string, at: Date): Promise<string> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with recursive stands (id, merges) as (
          select ${partner}::uuid, 0
          union all select m.survivor_id, s.merges + 1 from stands s join partner_merge m on m.other_id = s.id and m.at <= ${at})
        select id from stands order by merges desc limit 1`,
  );
  return rows[0]!.id;
}
