import type { EntityManager } from '@mikro-orm/postgresql';
import { createRecords, type Provenance } from '../record/record.actions.js';
import type { RecordDocument, RecordKind } from '../record/record.rules.js';
import { rowsOf, sql, verbatim } from '../shared/sql.js';
import { type Heard, hearSource, rememberRecords } from '../source/source.actions.js';
import type { KnownRecord } from '../source/source.query.js';
import { broughtId, derivedId } from './hsds-identity.rules.js';
import { partsOf } from './hsds-owner.rules.js';

/** Into where a source is imported. */
export interface Target {
  readonly network: string;
  readonly source: string;
  readonly by: Provenance;
}

/** What a row of the source says of one record. */
export interface Statement {
  readonly key: string;
  /** Id of the partner whose record it is; of a partner itself null. */
  readonly partner: string | null;
  /** The record that stands for it; null where there is none yet. */
  readonly known: KnownRecord | null;
  readonly document: RecordDocument;
}

export interface Written extends Heard {
  readonly key: string;
  readonly created: boolean;
}

/** Makes the records that are not there yet, and takes over what is said otherwise of the others. */
export async function writeStatements(
  tx: EntityManager,
  kind: RecordKind,
  { network, source, by }: Target,
  statements: readonly Statement[],
): Promise<Written[]> {
  const fresh = await identified(
    tx,
    kind,
    network,
    source,
    statements.filter(({ known }) => known === null),
  );
  const found = new Map(statements.map(one => [one, one.known?.record ?? fresh.get(one)!.record]));
  const toMake = statements.filter(one => fresh.get(one)?.isNew);
  await createRecords(
    tx,
    kind,
    toMake.map(one => ({
      id: found.get(one)!,
      ...(one.partner !== null && { partner: one.partner }),
      network,
      document: one.document,
    })),
    by,
  );
  const others = statements.filter(one => !fresh.get(one)?.isNew && !fresh.get(one)?.isMerged);
  const heard = await hearSource(
    tx,
    kind,
    others.map(one => ({
      record: found.get(one)!,
      document: one.document,
      before: one.known && { document: one.known.document, at: one.known.importedAt },
    })),
    by,
  );
  const records = statements.map(one => ({ key: one.key, record: found.get(one)!, document: one.document }));
  await rememberRecords(tx, source, records, by.at);
  return [
    ...toMake.map(one => ({ key: one.key, record: found.get(one)!, created: true, taken: true, contested: {} })),
    ...others.map((one, i) => ({ key: one.key, created: false, ...heard[i]! })),
  ];
}

interface Identity {
  readonly record: string;
  readonly isNew: boolean;
  /** It was a duplicate, of which nothing is heard: what stands for it is told by its own row. */
  readonly isMerged: boolean;
}

/**
 * Which record a row without one is to be: the one with the id that it brings along, where the network has it already
 * (its own export comes back); a new one with that id, where nobody has it; else a new one with an id derived from the
 * source and the row.
 */
async function identified(
  tx: EntityManager,
  kind: RecordKind,
  network: string,
  source: string,
  statements: readonly Statement[],
): Promise<Map<Statement, Identity>> {
  const brought = statements.flatMap(({ key }) => broughtId(partsOf(key)[1]) ?? []);
  const taken = new Map(
    (
      await rowsOf<{ id: string; network: string; partner: string; merged: boolean }>(
        tx,
        sql`select t.id, ${verbatim(kind.network)} as network, ${verbatim(kind.partner)} as partner,
              ${verbatim(kind.merges ? 't.merged_into_id is not null' : 'false')} as merged
            from ${verbatim(kind.table)} t where t.id = any(${brought}::uuid[])`,
      )
    ).map(row => [row.id, row]),
  );
  const given = new Set<string>();
  return new Map(
    statements.map(statement => {
      const { key, partner } = statement;
      const id = broughtId(partsOf(key)[1]);
      const holder = id === null ? undefined : taken.get(id);
      const isOurs = holder?.network === network && (partner === null || holder.partner === partner);
      const record = id !== null && !given.has(id) && (isOurs || !holder) ? id : derivedId(source, key, partner ?? '');
      given.add(record);
      const isKnown = isOurs && record === id;
      return [statement, { record, isNew: !isKnown, isMerged: isKnown && holder!.merged }];
    }),
  );
}
