import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { ZipFile } from 'yazl';
import { HSDS_TABLES, type HsdsTable } from '../hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../hsds/hsds-profile.rules.js';
import { during, type Progress, SILENT } from '../shared/progress.js';
import { temporaryFolder } from '../shared/temporary-folder.js';
import type { OutRow } from './hsds-out.rules.js';

/** Tables of the specification, each as a CSV in UTF-8 with the columns that it asks for and those that others added. */
export interface TableFiles {
  /** Names of the tables that have rows, in the order of the specification. */
  readonly tables: readonly string[];
  /** How many rows they have together. */
  readonly rows: number;
  /**
   * The CSV of a table. Values are as they are: the files are for programs, a spreadsheet might take one for a formula.
   *
   * @param onRow told of each row
   */
  csv(table: string, onRow?: (count: number) => void): Readable;
  /** Throws the spooled rows away. */
  remove(): Promise<void>;
}

/** Spools rows by table into a temporary folder, so that memory is bounded whatever their number. */
export async function spoolTables(rows: AsyncIterable<OutRow>): Promise<TableFiles> {
  const folder = await temporaryFolder('export');
  const spools = new Map<string, Spool>();
  const remove = () => rm(folder, { recursive: true, force: true });
  const close = () => Promise.all([...spools.values()].map(spool => spool.close()));
  let count = 0;
  try {
    for await (const row of rows) {
      const spool = spools.get(row.table) ?? new Spool(await open(join(folder, row.table), 'w'));
      spools.set(row.table, spool);
      await spool.add(row);
      count++;
    }
    for (const spool of spools.values()) await spool.flush();
    await close();
  } catch (error) {
    await close();
    await remove();
    throw error;
  }
  return {
    tables: HSDS_TABLES.filter(table => spools.has(table)),
    rows: count,
    csv: (table, onRow) => csvOf(join(folder, table), columnsOf(table, spools.get(table)!.columns), onRow),
    remove,
  };
}

const PIECE = 65_536;

/** Rows of a table, a line each. They are written in pieces: a write per row would cost more than the row. */
class Spool {
  /** Those in which some row says something. */
  readonly columns = new Set<string>();
  private piece = '';

  constructor(private readonly file: FileHandle) {}

  async add({ id, values }: OutRow): Promise<void> {
    for (const [column, value] of Object.entries(values)) if (value !== null && value !== '') this.columns.add(column);
    this.piece += `${JSON.stringify({ ...values, id })}\n`;
    if (this.piece.length > PIECE) await this.flush();
  }

  async flush(): Promise<void> {
    await this.file.appendFile(this.piece);
    this.piece = '';
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** Those of the specification in its order, then the others by name. */
function columnsOf(table: string, used: ReadonlySet<string>): string[] {
  const own = Object.keys(HSDS_PROFILE[table as HsdsTable].columns);
  const others = [...used].filter(column => column !== 'id' && !own.includes(column)).sort();
  return ['id', ...own, ...others];
}

function csvOf(path: string, columns: readonly string[], onRow: (count: number) => void = () => {}): Readable {
  async function* cells() {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
      const row = JSON.parse(line) as Record<string, unknown>;
      onRow(1);
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
export async function writeFolder(files: TableFiles, path: string, progress: Progress = SILENT): Promise<void> {
  await mkdir(path, { recursive: true });
  await during(progress, 'writing', files.rows, async advance => {
    for (const table of files.tables)
      await pipeline(files.csv(table, advance), createWriteStream(join(path, `${table}.csv`)));
  });
}

/** The same moment in every archive: equal tables make equal files. */
const EPOCH = new Date('2000-01-01T00:00:00Z');

/** Writes the tables into a zip. */
export async function writeZip(
  files: TableFiles,
  into: NodeJS.WritableStream,
  progress: Progress = SILENT,
): Promise<void> {
  await during(progress, 'writing', files.rows, async advance => {
    const zip = new ZipFile();
    const written = pipeline(zip.outputStream, into);
    for (const table of files.tables)
      zip.addReadStreamLazy(`${table}.csv`, { mtime: EPOCH }, callback => callback(null, files.csv(table, advance)));
    zip.end();
    await written;
  });
}
