import type { EntityManager } from '@mikro-orm/postgresql';
import { heldSince } from '../confirmation/confirmation.query.js';
import { changeRecords, type Provenance } from '../record/record.actions.js';
import { lockRecords } from '../record/record.query.js';
import { changesBetween, type RecordChanges, type RecordDocument, type RecordKind } from '../record/record.rules.js';
import { allNaming } from '../record/standing.query.js';
import { change } from '../shared/change.js';
import { sql } from '../shared/sql.js';
import { proposeContested } from './source-proposal.actions.js';

/** What a source says of a record that there is already. */
export interface Said {
  readonly record: string;
  readonly document: RecordDocument;
  /** What it said before, and when; null where it says something for the first time. */
  readonly before: { readonly document: RecordDocument; readonly at: string } | null;
}

/** What came of it. */
export interface Heard {
  readonly record: string;
  /** What was taken over. */
  readonly taken: boolean;
  /** What people have said otherwise since, so that it is not overwritten. */
  readonly contested: RecordChanges;
}

/**
 * Takes over what a source says otherwise than before. What people of the hub have edited, or confirmed, since the
 * source was last heard, or an assessment decided, is not overwritten but proposed to them. What the source has always said is no news.
 */
export async function hearSource(
  tx: EntityManager,
  kind: RecordKind,
  said: readonly Said[],
  by: Provenance,
): Promise<Heard[]> {
  if (said.length === 0) return [];
  const ids = said.map(({ record }) => record);
  const stored = await lockRecords(tx, kind, ids);
  const held = await heldSince(tx, kind, ids);
  // What it named before may have been merged since: that is none of its news.
  const known = await allNaming(
    tx,
    kind,
    said.map(({ before }) => before?.document ?? {}),
  );
  const heard = said.map(({ record, document, before }, i) => {
    const news = before ? afterOf(changesBetween(kind, known[i]!, document)) : document;
    const changes = Object.entries(changesBetween(kind, stored.get(record)!.document, news));
    const since = held.get(record);
    const { decided } = stored.get(record)!;
    const isHeld = (field: string): boolean => {
      if (decided.includes(field)) return true;
      const at = since?.[field] ?? null;
      return at !== null && (before === null || at > new Date(before.at));
    };
    return {
      record,
      wanted: afterOf(Object.fromEntries(changes.filter(([field]) => !isHeld(field)))),
      contested: Object.fromEntries(changes.filter(([field]) => isHeld(field))),
    };
  });
  const edits = heard.filter(({ wanted }) => Object.keys(wanted).length > 0);
  await changeRecords(
    tx,
    kind,
    edits.map(({ record, wanted }) => ({ id: record, wanted })),
    by,
  );
  await proposeContested(
    tx,
    kind,
    heard
      .filter(({ contested }) => Object.keys(contested).length > 0)
      .map(({ record, contested }) => ({ stored: stored.get(record)!, changes: contested })),
    by,
  );
  return heard.map(({ record, wanted, contested }) => ({
    record,
    taken: Object.keys(wanted).length > 0,
    contested,
  }));
}

const afterOf = (changes: RecordChanges): RecordDocument =>
  Object.fromEntries(Object.entries(changes).map(([field, { after }]) => [field, after]));

/** Remembers which record stands for which row of a source, and what it said of it now. */
export async function rememberRecords(
  tx: EntityManager,
  sourceId: string,
  records: readonly { readonly key: string; readonly record: string; readonly document: RecordDocument }[],
  at: Date,
): Promise<void> {
  if (records.length === 0) return;
  await change(
    tx,
    sql`insert into source_record (source_id, record_id, key, document, imported_at)
        select ${sourceId}::uuid, r.record, r.key, r.document, ${at}
        from jsonb_to_recordset(${JSON.stringify(records)}::jsonb) as r (record uuid, key text, document jsonb)
        on conflict (source_id, record_id) do update
          set key = excluded.key, document = source_record.document || excluded.document, imported_at = excluded.imported_at`,
  );
}

/** A source that is heard for the first time. */
export const makeSource = (
  tx: EntityManager,
  { id, network, name }: { readonly id: string; readonly network: string; readonly name: string },
): Promise<unknown> => change(tx, sql`insert into source (id, network_id, name) values (${id}, ${network}, ${name})`);
