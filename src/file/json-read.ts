import { utf8Of } from './decode.js';
import { finding } from './finding.rules.js';
import { linesOf } from './json-lines.js';
import { type JsonRecord, recordsOf } from './json-records.js';
import { DEFAULT_FILE_LIMITS, type FileLimits } from './limits.rules.js';
import { extensionOf } from './paths.rules.js';
import type { FindingReport } from './report.js';
import { SourceFault } from './source-fault.js';
import type { SourceFile } from './source-file.js';

export type { JsonObject, JsonValue } from './json-builder.js';
export type { JsonRecord } from './json-records.js';

export interface JsonOptions {
  limits?: FileLimits;
  /** Which keys of an outermost object hold a list of records. */
  isList?: (key: string) => boolean;
}

/** The lists of a page, in HSDS 3 and in its British predecessor. */
export const isPageList = (key: string): boolean => key === 'contents' || key === 'content';

/**
 * The records of a JSON: elements of an outermost array, elements of the lists of a page, one object, or one value after
 * the other (NDJSON). What surrounds the lists of a page is passed over. Of a file that is cut or broken the records
 * before the fault are kept; in NDJSON only the line of the fault is lost.
 */
export async function* readJson(
  file: SourceFile,
  report: FindingReport,
  { limits = DEFAULT_FILE_LIMITS, isList = isPageList }: JsonOptions = {},
): AsyncIterable<JsonRecord> {
  const lines = ['ndjson', 'jsonl'].includes(extensionOf(file.name));
  let row = 0;
  try {
    const text = textOf(utf8Of(file, report));
    for await (const record of lines ? linesOf(text, file.name, report, limits) : recordsOf(text, limits, isList)) {
      row = record.row;
      yield record;
    }
  } catch (error) {
    if (!(error instanceof SourceFault)) throw error;
    report.add(finding({ file: file.name, row: lines ? null : row + 1 }, error.code, error.value));
  }
}

async function* textOf(bytes: AsyncIterable<Buffer>): AsyncIterable<string> {
  const decoder = new TextDecoder();
  for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
}
