import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { readCsv } from '../file/csv-read.js';
import { type FindingCode, finding } from '../file/finding.rules.js';
import type { FindingReport } from '../file/report.js';
import { openSource } from '../file/source.js';
import type { SourceFile } from '../file/source-file.js';
import { during } from '../shared/progress.js';
import { rowsOf, sql } from '../shared/sql.js';
import { columnsOfHeader, type FoundColumn, type Headings } from './geo-columns.rules.js';
import { BATCH, type ImportCounts, type ImportWish, MOST_ROWS, type SourceWish, type Written } from './geo-import.js';
import { GeoRow } from './geo-row.rules.js';

/** A record with where it stood. */
export interface Placed<T> {
  record: T;
  row: number;
  /** The column to show when the record as a whole is refused. */
  column: string | null;
}

/** Tells the report of a record that does not fit what the database holds. */
export type Refuse<T> = (placed: Placed<T>, code: FindingCode, value: string) => void;

/** How one kind of record is written. */
export interface RecordWriter<T> {
  label: string;
  /** How many at once; `BATCH` when left out. */
  batch?: number;
  /** What tells two records of the file apart. */
  identity: (record: T) => string;
  /** Writes a batch whose identities differ. Records that `refuse` was told of must not be written. */
  write: (tx: EntityManager, batch: readonly Placed<T>[], sourceId: string, refuse: Refuse<T>) => Promise<Written>;
  /** Once, after the last batch. */
  finish?: (tx: EntityManager) => Promise<void>;
}

/** How a table is read. */
export interface TableReader<Role extends string, T> {
  headings: Headings<Role>;
  /** What a column that must be there may mean: of each list one. */
  required: readonly (readonly Role[])[];
  /** Null where the row is refused; its faults say why. */
  record: (row: GeoRow<Role>) => T | null;
  /** Of these each heading must tell a day, or `day` does. */
  dated?: readonly Role[];
  /** YYYY-MM-DD */
  day?: string | null;
}

/** Imports a table: good rows are kept, bad ones told to the report. One transaction; a dry run takes it back. */
export const importTable = <Role extends string, T>(
  em: EntityManager,
  wish: ImportWish,
  reader: TableReader<Role, T>,
  writer: RecordWriter<T>,
): Promise<ImportCounts> => importRecords(em, wish, file => tableRecords(file, wish.report, reader), writer);

/** The same for whatever a file holds. A record that is null was refused while it was read. */
export async function importRecords<T>(
  em: EntityManager,
  wish: ImportWish,
  records: (file: SourceFile) => AsyncIterable<Placed<T> | null>,
  writer: RecordWriter<T>,
): Promise<ImportCounts> {
  const { path, report, dryRun, progress } = wish;
  const source = await openSource(path, report, { onBytes: bytes => progress.advance(bytes) });
  try {
    return await during(progress, `${writer.label}, bytes`, source.totalBytes, () =>
      inOneGo(em, dryRun, async tx => {
        const sourceId = await sourceNamed(tx, wish.source);
        const counts = { read: 0, added: 0, changed: 0, unchanged: 0, refused: 0 };
        for (const file of source.files)
          await writeRecords(tx, file.name, records(file), { writer, report, sourceId, counts });
        await writer.finish?.(tx);
        return counts;
      }),
    );
  } finally {
    await source.close();
  }
}

/** One transaction. One import at a time: two at once would wait for each other's rows. */
async function inOneGo<T>(em: EntityManager, dryRun: boolean, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  const tx = em.fork();
  await tx.begin();
  try {
    await tx.execute('lock table geo_source in share row exclusive mode');
    const result = await work(tx);
    await (dryRun ? tx.rollback() : tx.commit());
    return result;
  } catch (error) {
    if (tx.isInTransaction()) await tx.rollback();
    throw error;
  }
}

/** Where no licence is said, the terms on which the same was had before hold on. */
async function sourceNamed(tx: EntityManager, { name, licence, retrievedOn }: SourceWish): Promise<string> {
  if (licence === null) {
    const [known] = await rowsOf<{ id: string }>(
      tx,
      sql`update geo_source set retrieved_on = greatest(retrieved_on, ${retrievedOn}::date)
          where id = (select id from geo_source where name = ${name} order by retrieved_on desc, licence, id limit 1)
          returning id`,
    );
    if (known) return known.id;
  }
  const [source] = await rowsOf<{ id: string }>(
    tx,
    sql`insert into geo_source (name, licence, retrieved_on) values (${name}, ${licence}, ${retrievedOn})
        on conflict (name, licence) do update set retrieved_on = greatest(geo_source.retrieved_on, excluded.retrieved_on)
        returning id`,
  );
  return source!.id;
}

interface Writing<T> {
  writer: RecordWriter<T>;
  report: FindingReport;
  sourceId: string;
  counts: ImportCounts;
}

async function writeRecords<T>(
  tx: EntityManager,
  file: string,
  records: AsyncIterable<Placed<T> | null>,
  { writer, report, sourceId, counts }: Writing<T>,
): Promise<void> {
  const seen = new Map<string, string>();
  let batch: Placed<T>[] = [];
  const refuse: Refuse<T> = ({ row, column }, code, value) => {
    counts.refused++;
    report.add(finding({ file, row, column }, code, value));
  };
  const flush = async () => {
    const before = counts.refused;
    const { added, changed } = await writer.write(tx, batch, sourceId, refuse);
    counts.added += added.length;
    counts.changed += changed.length;
    counts.unchanged += batch.length - (counts.refused - before) - added.length - changed.length;
    batch = [];
  };
  for await (const placed of records) {
    counts.read++;
    if (!placed) {
      counts.refused++;
      continue;
    }
    const identity = writer.identity(placed.record);
    const content = digest(placed.record);
    const known = seen.get(identity);
    if (known !== undefined) {
      // The same row again is one row; another one with the same key contradicts it.
      if (known !== content) refuse(placed, 'DUPLICATE_ID', identity);
      else {
        counts.unchanged++;
        report.add(finding({ file, row: placed.row, column: placed.column }, 'REPEATED', identity));
      }
      continue;
    }
    if (seen.size >= MOST_ROWS) {
      refuse(placed, 'TOO_MANY', `more than ${MOST_ROWS} rows`);
      break;
    }
    seen.set(identity, content);
    batch.push(placed);
    if (batch.length === (writer.batch ?? BATCH)) await flush();
  }
  if (batch.length > 0) await flush();
}

/** Stands for the whole record in memory. */
const digest = (record: unknown): string => createHash('sha256').update(JSON.stringify(record)).digest('base64');

async function* tableRecords<Role extends string, T>(
  file: SourceFile,
  report: FindingReport,
  { headings, required, record, dated = [], day }: TableReader<Role, T>,
): AsyncIterable<Placed<T> | null> {
  let columns: ReadonlyMap<Role, readonly FoundColumn[]> = new Map();
  let complete = false;
  const onHeader = (header: readonly string[]) => {
    const { found, unknown } = columnsOfHeader(header, headings);
    columns = found;
    const missing = required.filter(roles => !roles.some(role => found.has(role)));
    complete = missing.length === 0;
    for (const column of unknown) report.add(finding({ file: file.name, row: 1, column }, 'UNUSED_COLUMN', column));
    for (const roles of missing)
      report.add(
        finding({ file: file.name, row: 1, column: headings[roles[0]!]?.[0] }, 'MISSING_COLUMN', header.join(' ')),
      );
    const undated = day ? [] : dated.flatMap(role => found.get(role) ?? []).filter(({ date }) => date === null);
    for (const { column } of undated)
      report.add(finding({ file: file.name, row: 1, column }, 'MISSING_VALUE', 'of which day? --date', 'WARNING'));
  };
  for await (const { row, values } of readCsv(file, report, { onHeader, literalBreaks: false })) {
    if (!complete) return;
    const cells = new GeoRow(columns, values);
    const read = record(cells);
    for (const { code, column, value, severity } of cells.faults)
      report.add(finding({ file: file.name, row, column }, code, value, severity));
    yield read && { record: read, row, column: columns.get(required[0]![0]!)?.[0]?.column ?? null };
  }
}
