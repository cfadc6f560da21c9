import { FINDING_CODES, type Finding, SEVERITIES } from '../file/finding.rules.js';
import type { CodeSummary, FindingReport } from '../file/report.js';

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
      .flatMap(({ code, severity, count, severities, findings }) => [
        `${severity} ${code} (${howMany(count, severities)}): ${FINDING_CODES[code].description}`,
        ...findings.map(one => findingLine(one, severities[one.severity] < count)),
        ...(count > findings.length
          ? [`  … and ${count - findings.length} more; ${option} writes them all to a file`]
          : []),
      ]),
  ];
}

/** Where one code has several severities, how often each. */
function howMany(count: number, severities: CodeSummary['severities']): string {
  const told = SEVERITIES.filter(severity => severities[severity] > 0);
  if (told.length === 1) return String(count);
  return `${count}: ${told.map(severity => plural(severities[severity], severity.toLowerCase())).join(', ')}`;
}

function findingLine({ file, row, column, severity, value }: Finding, isMixed: boolean): string {
  const place = [file, row === null ? '' : `row ${row}`, column ?? ''].filter(part => part !== '').join(', ');
  return `  ${isMixed ? `${severity} ` : ''}${place}${value === '' ? '' : `: ${value}`}`;
}
