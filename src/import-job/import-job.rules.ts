import { extensionOf } from '../file/paths.rules.js';
import { HSDS_TABLES } from '../hsds/hsds-columns.rules.js';
import type { ImportCounts } from '../hsds-import/hsds-import.rules.js';

/** Where an import stands. */
export enum ImportStatus {
  QUEUED = 'QUEUED',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
  CANCELLED = 'CANCELLED',
}

/** Those that wait for a hub: also one that a killed hub was at. */
export const UNFINISHED: readonly ImportStatus[] = [ImportStatus.QUEUED, ImportStatus.RUNNING];
/** Those that may be taken up again. */
export const RESUMABLE: readonly ImportStatus[] = [ImportStatus.FAILED, ImportStatus.CANCELLED];

/** Bytes of one piece of an upload. */
export const PIECE = 2 ** 20;
/** Hours after which an upload is deleted whatever became of its job. */
export const UPLOAD_HOURS = 24;
/** Findings that are kept of each code; all are counted. */
export const KEPT_FINDINGS = 200;
/** Uploads of a network that may be under way or kept at once. */
export const MOST_UPLOADS = 5;
/** Minutes after which an upload that has no job yet has broken off with its hub: none is given so long. */
export const UPLOAD_MINUTES = 60;

/** Why an import failed, for people: the rows of a feed are staged in temporary tables. */
export const NO_STAGING =
  'Die Datenbank erlaubt keine temporären Tabellen, die ein Import braucht. Bitte wenden Sie sich an den Betrieb: grant temporary on database … to hub_app. Danach lässt sich der Import fortsetzen.';

/** The same of whatever else. @param id of the job, as it stands in the log */
export const failureAt = (id: string): string =>
  `Der Import ist an einem Fehler des Programms gescheitert. Bitte nennen Sie dem Betrieb diese Kennung, unter der er im Protokoll steht: ${id}. Was übernommen wurde, bleibt; der Import lässt sich fortsetzen.`;

export interface CodeCount {
  readonly code: string;
  readonly severity: string;
  readonly count: number;
}

/** What an import counts so far; nothing at its beginning. */
export type StoredCounts = Partial<ImportCounts>;

/** Nothing counted yet. */
export const noTable = () => ({ changed: 0, created: 0, updated: 0, contested: 0, refused: 0 });

const ROOTS = ['organizations', 'locations', 'services'] as const;

/** What was done before a stop, and since. Of the rows the last reading counts: it read all of them. */
export function addedCounts(before: StoredCounts, now: ImportCounts): ImportCounts {
  const sum = (root: (typeof ROOTS)[number]) => ({
    changed: Math.max(before[root]?.changed ?? 0, now[root].changed),
    created: (before[root]?.created ?? 0) + now[root].created,
    updated: (before[root]?.updated ?? 0) + now[root].updated,
    contested: (before[root]?.contested ?? 0) + now[root].contested,
    refused: now[root].refused,
  });
  return {
    rows: now.rows,
    roots: now.roots,
    organizations: sum('organizations'),
    locations: sum('locations'),
    services: sum('services'),
  };
}

export const SOURCE_NAME = /^[a-z0-9][a-z0-9._-]{0,62}$/;

const FORMATS: Readonly<Record<string, string>> = {
  'application/zip': 'zip',
  'application/x-zip-compressed': 'zip',
  'application/json': 'json',
  'application/x-ndjson': 'ndjson',
  'application/jsonl': 'ndjson',
  'text/csv': 'csv',
};

/**
 * The name under which an upload is read: its ending tells the form. By what the address says, else the content type,
 * else the first bytes. Null: nobody can tell; of CSV also where no table is named.
 */
export function fileNameOf(
  format: string | null,
  table: string | null,
  contentType: string | undefined,
  first: Uint8Array,
): string | null {
  const type = (contentType ?? '').split(';')[0]!.trim().toLowerCase();
  const form = format ?? FORMATS[type] ?? formOf(first);
  if (form === 'csv')
    return table !== null && (HSDS_TABLES as readonly string[]).includes(table) ? `${table}.csv` : null;
  return form !== null && ['zip', 'json', 'ndjson'].includes(form) ? `upload.${form}` : null;
}

function formOf(first: Uint8Array): string | null {
  if (first[0] === 0x50 && first[1] === 0x4b) return 'zip';
  const sign = new TextDecoder().decode(first.subarray(0, 64)).trim()[0];
  return sign === '[' || sign === '{' ? 'json' : null;
}

/** What kind of file it is, for people. */
export const formatOf = (file: string): string => extensionOf(file).toUpperCase();
