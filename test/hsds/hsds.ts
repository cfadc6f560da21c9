import type { Finding } from '../../src/file/finding.rules.js';
import { findingReport } from '../../src/file/report.js';
import { openSource } from '../../src/file/source.js';
import { type HsdsRow, readHsds } from '../../src/hsds/hsds-read.js';
import { all } from '../support/files.js';

/** Everything that is read of a path, and every finding as `file row column code severity value`. */
export async function readFeed(path: string) {
  const findings: Finding[] = [];
  const report = findingReport({ sink: one => findings.push(one) });
  const source = await openSource(path, report);
  const rows: HsdsRow[] = await all(readHsds(source, report));
  await source.close();
  return { rows, report, findings, told: findings.map(lineOf) };
}

const lineOf = ({ file, row, column, code, severity, value }: Finding): string =>
  `${file} ${row ?? '-'} ${column ?? '-'} ${code} ${severity} ${value}`;
