import { FINDING_CODES, type Finding, type FindingCode, SEVERITIES, type Severity } from './finding.rules.js';

/** Collects findings in bounded memory: all are counted, the first of each code are kept, all may go to a sink. */
export interface FindingReport {
  add(finding: Finding): void;
  count(code: FindingCode): number;
  readonly total: number;
  /** How many of each severity. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly hasErrors: boolean;
  /** The codes that occurred, the worst first, then by name. */
  summary(): CodeSummary[];
}

export interface CodeSummary {
  code: FindingCode;
  /** The worst with which it occurred. */
  severity: Severity;
  count: number;
  /** How often with each severity. */
  severities: Readonly<Record<Severity, number>>;
  /** The first ones. */
  findings: readonly Finding[];
}

interface ReportOptions {
  /** How many lines of each code are kept. */
  kept?: number;
  /** Gets every finding, also those that are not kept; see `findingFile`. */
  sink?: (finding: Finding) => void;
}

interface Kept {
  severity: Severity;
  count: number;
  severities: Record<Severity, number>;
  findings: Finding[];
}

const noSeverities = (): Record<Severity, number> => ({ ERROR: 0, WARNING: 0, NOTICE: 0 });

/** An empty report. */
export function findingReport({ kept = 20, sink }: ReportOptions = {}): FindingReport {
  const codes = new Map<FindingCode, Kept>();
  const severities = noSeverities();
  let total = 0;
  return {
    add(finding) {
      total++;
      severities[finding.severity]++;
      const known = codes.get(finding.code) ?? {
        severity: finding.severity,
        count: 0,
        severities: noSeverities(),
        findings: [],
      };
      codes.set(finding.code, known);
      known.count++;
      known.severities[finding.severity]++;
      if (rank(finding.severity) < rank(known.severity)) known.severity = finding.severity;
      if (known.findings.length < kept) known.findings.push(finding);
      sink?.(finding);
    },
    count: code => codes.get(code)?.count ?? 0,
    get total() {
      return total;
    },
    severities,
    get hasErrors() {
      return severities.ERROR > 0;
    },
    summary: () =>
      [...codes]
        .map(([code, rest]) => ({ code, ...rest }))
        .sort((a, b) => rank(a.severity) - rank(b.severity) || (a.code < b.code ? -1 : 1)),
  };
}

const rank = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** The German sentence of a code. */
export const germanOf = (code: FindingCode): string => FINDING_CODES[code].german;
