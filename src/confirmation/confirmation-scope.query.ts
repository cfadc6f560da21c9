import type { EntityManager } from '@mikro-orm/postgresql';
import type { FieldGroup, RecordKind } from '../record/record.rules.js';
import { RECORD_KINDS } from '../record/record-kinds.rules.js';
import { rowsOf, type Sql, sql, unionOf, verbatim } from '../shared/sql.js';
import { groupsOf, SHOWN } from './confirmation.rules.js';

/** What a link would confirm at a moment. */
export interface Scope {
  /** How many records. */
  readonly count: number;
  /** SHA-256 of which records these are and as which versions, in hex: another one where anything of it is otherwise. */
  readonly digest: string;
}

/** The kinds of records that have one of these groups, in the order in which people read them. */
export const kindsWith = (groups: readonly FieldGroup[]): RecordKind[] =>
  [RECORD_KINDS.PARTNER, RECORD_KINDS.LOCATION, RECORD_KINDS.SERVICE, RECORD_KINDS.JOB_OPENING].filter(kind =>
    groupsOf(kind).some(group => groups.includes(group)),
  );

/** By one statement, which looks at nothing but ids and versions. */
export async function scopeOf(em: EntityManager, partner: string, groups: readonly FieldGroup[]): Promise<Scope> {
  const rows: Sql[] = kindsWith(groups).map(
    kind => sql`select ${kind.name} as kind, t.id, t.version ${ofShown(kind, partner)}`,
  );
  const [scope] = await rowsOf<Scope>(
    em,
    sql`select count(*)::int as count, encode(sha256(convert_to(
          coalesce(string_agg(concat_ws(' ', kind, id, version), ',' order by kind, id), ''), 'UTF8')), 'hex') as digest
        from (${unionOf(rows)}) shown`,
  );
  return scope!;
}

/** SQL: `from` and `where` of those of one kind that are shown of a partner, as `t`. */
export const ofShown = (kind: RecordKind, partner: string): Sql => sql`from ${verbatim(kind.table)} t
  where ${verbatim(kind.partner)} = ${partner} and t.status = any(${SHOWN[kind.name]}::text[])`;
