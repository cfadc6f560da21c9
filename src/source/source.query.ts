import type { EntityManager } from '@mikro-orm/postgresql';
import type { RecordDocument, RecordKind } from '../record/record.rules.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';

/** A record of the hub that stands for a row of a source. */
export interface KnownRecord {
  readonly key: string;
  readonly record: string;
  /** Whose it is. */
  readonly partner: string;
  /** Where it was merged: what stands for it. */
  readonly survivor: string | null;
  /** What the source said of it last. */
  readonly document: RecordDocument;
  /** A moment, as PostgreSQL writes it. */
  readonly importedAt: string;
}

/** The records of one kind behind these keys of a source, by key; those that were archived last, and merged after all. */
export async function recordsBehind(
  em: EntityManager,
  sourceId: string,
  kind: RecordKind,
  keys: readonly string[],
): Promise<Map<string, KnownRecord[]>> {
  if (keys.length === 0) return new Map();
  const rows = await rowsOf<KnownRecord>(
    em,
    sql`select k.key, k.record_id as record, ${verbatim(kind.partner)} as partner,
          ${verbatim(kind.merges ? 't.merged_into_id' : 'null')} as survivor, k.document,
          k.imported_at as "importedAt"
        from source_record k join ${verbatim(kind.table)} t on t.id = k.record_id
        where k.source_id = ${sourceId} and k.key = any(${keys}::text[])
        order by k.key, ${verbatim(kind.merges ? 't.merged_into_id is not null,' : '')} t.status in ('ARCHIVED', 'NOT_ADMITTED'), k.record_id`,
  );
  return Map.groupBy(rows, row => row.key);
}

/** Id of the source of that name in the network; null where it was never heard. */
export async function sourceNamed(em: EntityManager, networkId: string, name: string): Promise<string | null> {
  const [source] = await rowsOf<{ id: string }>(
    em,
    sql`select id from source where network_id = ${networkId} and name = ${name}`,
  );
  return source?.id ?? null;
}
