import { type Check, type Fault, optional, someText } from '../record/fault.rules.js';
import { FindingResult } from './accessibility.rules.js';
import { type Limits, resultOfMeasured } from './accessibility-verdict.rules.js';

/** What somebody says who looked. */
export interface SaidFinding {
  readonly criterion: string;
  readonly result?: FindingResult | null | undefined;
  readonly measured?: number | null | undefined;
  readonly evidence?: string | null | undefined;
}

/** As it is stored. */
export interface StoredFinding {
  readonly criterion: string;
  readonly result: FindingResult;
  readonly measured: number | null;
  readonly evidence: string | null;
}

const LONGEST_EVIDENCE = 1000;
const someEvidence: Check = optional(someText(LONGEST_EVIDENCE));

/**
 * A finding, or what is wrong with it. A measured value decides by the limits of the criterion; who says otherwise beside
 * it is told so. @param limits of its criterion; undefined: there is no such criterion. @param path of the finding
 */
export function findingOf(
  said: SaidFinding,
  limits: Limits | undefined,
  path: readonly string[],
): { finding: StoredFinding } | { faults: Fault[] } {
  const { criterion } = said;
  const measured = said.measured ?? null;
  const evidence = said.evidence?.trim() || null;
  if (!limits) return fault([...path, 'criterion'], 'Ein solches Kriterium gibt es nicht.');
  const faults = [
    ...measuredFaults(limits, measured, [...path, 'measured']),
    ...someEvidence(evidence, [...path, 'evidence']),
  ];
  if (faults.length > 0) return { faults };
  const decided = measured === null ? null : resultOfMeasured(limits, measured);
  const result = said.result ?? decided;
  if (result === null) return fault([...path, 'result'], 'Hier fehlt, was festgestellt wurde, oder ein Messwert.');
  if (decided !== null && result !== decided) return fault([...path, 'result'], contradiction(decided));
  if (result === FindingResult.MET && limits.unit !== null && measured === null)
    return fault([...path, 'measured'], `Erfüllt ist es erst mit einem Messwert in ${limits.unit}.`);
  return { finding: { criterion, result, measured, evidence } };
}

const fault = (path: readonly string[], message: string): { faults: Fault[] } => ({ faults: [{ path, message }] });

const contradiction = (decided: FindingResult): string =>
  decided === FindingResult.MET
    ? 'Der Messwert liegt im Rahmen: Das Kriterium ist erfüllt.'
    : 'Der Messwert liegt außerhalb des Rahmens: Das Kriterium ist nicht erfüllt.';

const LARGEST_MEASURED = 100_000;

function measuredFaults({ unit }: Limits, measured: number | null, path: readonly string[]): Fault[] {
  if (measured === null) return [];
  if (unit === null) return [{ path, message: 'Hier wird nichts gemessen.' }];
  return measured >= 0 && measured <= LARGEST_MEASURED
    ? []
    : [{ path, message: `Möglich ist ein Messwert von 0 bis ${LARGEST_MEASURED.toLocaleString('de')} ${unit}.` }];
}
