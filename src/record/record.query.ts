import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, type Sql, sql, verbatim } from '../shared/sql.js';
import type { FieldSpec, ListSpec, RecordDocument, RecordKind } from './record.rules.js';

export interface StoredRecord {
  readonly id: string;
  readonly version: number;
  /** Ids of the partner whose record it is, and of the network that keeps it. */
  readonly partner: string;
  readonly network: string;
  readonly document: RecordDocument;
  /** Names of the fields that something else has decided: see `decidedWhere`. */
  readonly decided: readonly string[];
}

/** The records with these ids, by id. */
export async function readRecords(
  em: EntityManager,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, StoredRecord>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<StoredRecord>(
    em,
    sql`select t.id, t.version, ${verbatim(kind.partner)} as partner, ${verbatim(kind.network)} as network,
          ${documentOf(kind)} as document, ${decidedOf(kind)} as decided
        from ${verbatim(kind.table)} t where t.id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map(row => [row.id, row]));
}

/** The same, locked until the end of the transaction, in the order of their ids. */
export async function lockRecords(
  tx: EntityManager,
  kind: RecordKind,
  ids: readonly string[],
): Promise<Map<string, StoredRecord>> {
  if (ids.length === 0) return new Map();
  // First locked, then read: what others have just left is seen by the next statement, lists too.
  await rowsOf(
    tx,
    sql`select id from ${verbatim(kind.table)} where id = any(${ids}::uuid[]) order by id for no key update`,
  );
  return readRecords(tx, kind, ids);
}

/** SQL: the document of a row `t`. */
export const documentOf = (kind: RecordKind): Sql =>
  verbatim(
    `jsonb_build_object(${Object.entries(kind.fields)
      .map(([name, spec]) => `'${name}', ${fieldValue(spec)}`)
      .join(', ')})`,
  );

/** SQL: names of the fields of a row `t` that something else has decided. */
const decidedOf = ({ fields }: RecordKind): Sql => {
  const cases = Object.entries(fields).flatMap(([name, { decidedWhere }]) =>
    decidedWhere ? [`case when ${decidedWhere} then '${name}' end`] : [],
  );
  return verbatim(`array_remove(array[${cases.join(', ')}]::text[], null)`);
};

const fieldValue = ({ column, list }: FieldSpec): string => (list ? listOf(list) : `to_jsonb(t.${column})`);

function listOf({ table, owner, value }: ListSpec): string {
  const [first, item] =
    typeof value === 'string'
      ? [value, `x.${value}`]
      : [
          Object.values(value)[0]!,
          `jsonb_build_object(${Object.entries(value)
            .map(([member, column]) => `'${member}', x.${column}`)
            .join(', ')})`,
        ];
  return `(select coalesce(jsonb_agg(${item} order by x.${first}), '[]') from ${table} x where x.${owner} = t.id)`;
}
