import type { EntityManager } from '@mikro-orm/postgresql';
import { isId } from '../shared/id.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import type { JsonValue, RecordDocument, RecordKind } from './record.rules.js';

/** Id of the record that stands for the one with this id: of one that was merged, what it was merged into. */
export async function standingId(em: EntityManager, kind: RecordKind, id: string): Promise<string> {
  if (!kind.merges) return id;
  const [row] = await rowsOf<{ id: string | null }>(
    em,
    sql`select merged_into_id as id from ${verbatim(kind.table)} where id = ${id}`,
  );
  return row?.id ?? id;
}

/** A document of a record, with what stands for them instead of records that were merged. One statement at most. */
export async function naming(em: EntityManager, kind: RecordKind, document: RecordDocument): Promise<RecordDocument> {
  const [named] = await allNaming(em, kind, [document]);
  return named!;
}

/**
 * The same documents of one kind of record, with what stands for them instead of records that were merged, where fields
 * name other records. One statement at most.
 */
export async function allNaming(
  em: EntityManager,
  { fields }: RecordKind,
  documents: readonly RecordDocument[],
): Promise<RecordDocument[]> {
  const names = Object.keys(fields).filter(field => fields[field]!.names);
  const ids = documents.flatMap(document => names.flatMap(field => textsOf(document[field])));
  const stands = await standingAmong(em, [...new Set(ids)].filter(isId));
  if (stands.size === 0) return [...documents];
  const standing = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return [...new Set((value as readonly JsonValue[]).map(standing))];
    return typeof value === 'string' ? (stands.get(value) ?? value) : value;
  };
  return documents.map(document => {
    const named = names.filter(field => document[field] != null);
    return { ...document, ...Object.fromEntries(named.map(field => [field, standing(document[field]!)])) };
  });
}

async function standingAmong(em: EntityManager, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await rowsOf<{ id: string; stands: string }>(
    em,
    sql`select id, merged_into_id as stands from partner where id = any(${ids}::uuid[]) and merged_into_id is not null
        union all
        select id, merged_into_id from location where id = any(${ids}::uuid[]) and merged_into_id is not null`,
  );
  return new Map(rows.map(({ id, stands }) => [id, stands]));
}

const textsOf = (value: JsonValue | undefined): string[] =>
  (Array.isArray(value) ? (value as readonly JsonValue[]) : [value]).filter(one => typeof one === 'string');
