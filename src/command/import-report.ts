import { FINDING_CODES, type Finding } from '../file/finding.rules.js';
import type { FindingReport } from '../file/report.js';

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;

/**
 * What was found, as lines for a terminal: each code with its sentence and its first places. Nothing for nothing.
 *
 * @param option what writes all of them to a file
 */
export function findingLines(report: FindingReport, option = '--findings'): string[] {
  if (report.total === 0) return [];
  const { ERROR, WARNING, NOTICE } = report.severities;
  return [
    `Findings: ${plural(ERROR, 'error')}, ${plural(WARNING, 'warning')}, ${plural(NOTICE, 'notice')}.`,
    ...report
      .summary()
      .flatMap(({ code, severity, count, findings }) => [
        `${severity} ${code} (${count}): ${FINDING_CODES[code].description}`,
        ...findings.map(findingLine),
        ...(count > findings.length
          ? [`  … and ${count - findings.length} more; ${option} writes them all to a file`]
          : []),
      ]),
  ];
}

function findingLine({ file, row, column, value }: Finding): string {
  const place = [file, row === null ? '' : `row ${row}`, column ?? ''].filter(part => part !== '').join(', ');
  return `  ${place}${value === '' ? '' : `: ${value}`}`;
}
