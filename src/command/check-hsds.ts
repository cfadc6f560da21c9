import { findingFile } from '../file/finding-file.js';
import { findingReport } from '../file/report.js';
import { openSource } from '../file/source.js';
import { HSDS_TABLES } from '../hsds/hsds-columns.rules.js';
import { readHsds } from '../hsds/hsds-read.js';
import { during } from '../shared/progress.js';
import { findingLines } from './import-report.js';
import { commandProgress } from './progress.js';

/**
 * Reads a feed and prints what was found; every finding goes to the file `json`. The exit code is 1 where there are errors, or nothing
 * was recognised.
 */
export async function checkHsds(path: string, { json }: { json?: string }): Promise<void> {
  const file = json === undefined ? null : findingFile(json);
  const report = findingReport({ kept: 5, sink: file?.add });
  const progress = commandProgress();
  const rows = new Map<string, number>();
  let unusable = 0;
  let onBytes = (_bytes: number): void => {};
  const source = await openSource(path, report, { onBytes: bytes => onBytes(bytes) });
  try {
    await during(progress, 'Bytes', source.totalBytes, async advance => {
      onBytes = advance;
      for await (const row of readHsds(source, report)) {
        if (row.again) continue;
        rows.set(row.table, (rows.get(row.table) ?? 0) + 1);
        if (!row.usable) unusable++;
      }
    });
  } finally {
    await source.close();
    file?.close();
  }
  for (const line of findingLines(report, '--json')) console.log(line);
  const counted = HSDS_TABLES.filter(table => rows.has(table)).map(table => `${table} ${rows.get(table)}`);
  console.log(
    `Rows: ${counted.join(', ') || 'none was recognised'}.${unusable > 0 ? ` Without meaning: ${unusable}.` : ''}`,
  );
  if (report.hasErrors || rows.size === 0) process.exitCode = 1;
}
