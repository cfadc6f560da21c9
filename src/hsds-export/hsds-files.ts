import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { ZipFile } from 'yazl';
import { HSDS_TABLES, type HsdsTable } from '../hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../hsds/hsds-profile.rules.js';
import type { OutRow } from './hsds-out.rules.js';

/** Tables of the specification, each as a CSV in UTF-8 with the columns that it asks for and those that others added. */
export interface TableFiles {
  /** Names of the tables that have rows, in the order of the specification. */
  readonly tables: readonly string[];
  /** The CSV of a table. Values are as they are: the files are for programs, a spreadsheet might take one for a formula. */
  csv(table: string): Readable;
  /** Throws the spooled rows away. */
  remove(): Promise<void>;
}

/** Spools rows by table into a temporary folder, so that memory is bounded whatever their number. */
export async function spoolTables(rows: AsyncIterable<OutRow>): Promise<TableFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'partnernetz-export-'));
  const spools = new Map<string, { stream: WriteStream; columns: Set<string> }>();
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    for await (const { table, id, values } of rows) {
      const spool = spools.get(table) ?? { stream: createWriteStream(join(folder, table)), columns: new Set() };
      spools.set(table, spool);
      for (const [column, value] of Object.entries(values))
        if (value !== null && value !== '') spool.columns.add(column);
      if (!spool.stream.write(`${JSON.stringify({ ...values, id })}\n`)) await drained(spool.stream);
    }
    for (const { stream } of spools.values()) {
      stream.end();
      await finished(stream);
    }
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    tables: HSDS_TABLES.filter(table => spools.has(table)),
    csv: table => csvOf(join(folder, table), columnsOf(table, spools.get(table)!.columns)),
    remove,
  };
}

const drained = (stream: WriteStream): Promise<void> => new Promise(resolve => stream.once('drain', resolve));

/** Those of the specification in its order, then the others by name. */
function columnsOf(table: string, used: ReadonlySet<string>): string[] {
  const own = Object.keys(HSDS_PROFILE[table as HsdsTable].columns);
  const others = [...used].filter(column => column !== 'id' && !own.includes(column)).sort();
  return ['id', ...own, ...others];
}

function csvOf(path: string, columns: readonly string[]): Readable {
  async function* cells() {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      const row = JSON.parse(line) as Record<string, unknown>;
      yield columns.map(column => textOf(row[column]));
    }
  }
  return Readable.from(cells()).compose(
    stringify({ header: true, columns: [...columns], record_delimiter: 'windows', quote_record_delimiter: true }),
  ) as Readable;
}

const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);

/** Writes the tables as files of a folder, which is made. */
export async function writeFolder(files: TableFiles, path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  for (const table of files.tables) await pipeline(files.csv(table), createWriteStream(join(path, `${table}.csv`)));
}

/** The same moment in every archive: equal tables make equal files. */
const EPOCH = new Date('2000-01-01T00:00:00Z');

/** Writes the tables into a zip. */
export async function writeZip(files: TableFiles, into: NodeJS.WritableStream): Promise<void> {
  const zip = new ZipFile();
  const written = pipeline(zip.outputStream, into);
  for (const table of files.tables)
    zip.addReadStreamLazy(`${table}.csv`, { mtime: EPOCH }, callback => callback(null, files.csv(table)));
  zip.end();
  await written;
}
