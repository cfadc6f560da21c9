import type { InstrumentRule } from '../instrument/instrument.rules.js';
import { notMet, rulesChecked } from '../instrument/instrument-check.rules.js';
import {
  type DecisionClient,
  type DecisionTerms,
  endOfDay,
  factsOf,
  isOver,
  runOf,
  type UsedMonths,
  windowOf,
} from './funding-decision.rules.js';
import { fullestWindows, inCommon, type Span, STEPS_A_MONTH, stepOf } from './months-window.rules.js';

/** Of an instrument without a limit within a time nothing is counted; null: nothing is known. */
export type MonthsUsed = ReadonlyMap<string, UsedMonths | null>;

/**
 * For each decision of a case, by its id, the months of its instrument that count against it besides its own, where its
 * rules have a limit within a time (§ 16d Abs. 6 SGB II: 24 months within five years). Read as: within any five years no
 * more than that. It counts whatever was recorded earlier or later, begins earlier or later, or at the same time:
 * - decisions in use, as long as they run: one whose placement has ended until that end, a withdrawn one until its
 *   withdrawal; where the end is not known, in full. So does one that was over when it was recorded, which tells of the past;
 * - decisions recorded before it that can still be used: not over, not withdrawn, and no rule of them is not met;
 * - what it says itself of months used elsewhere, or what another says of that, if it is more. Another's lie right before
 *   its first day, as late as they can: nothing tells where they lie.
 *
 * @param all of the case
 * @param rulesOf those of the day of the decision
 * @param today YYYY-MM-DD
 */
export function monthsUsed(
  all: readonly DecisionTerms[],
  rulesOf: (decision: DecisionTerms) => readonly InstrumentRule[],
  client: DecisionClient,
  today: string,
): MonthsUsed {
  const found = new Map<string, UsedMonths | null>();
  const reserved: DecisionTerms[] = [];
  for (const decision of all.toSorted(byRecording)) {
    const rules = rulesOf(decision);
    const others = all.filter(other => other.id !== decision.id && other.instrument === decision.instrument);
    const taking = others.filter(other => hasTaken(other) || reserved.includes(other));
    const used = usedBeside(decision, rules, taking, others.filter(isWord));
    found.set(decision.id, used);
    if (hasTaken(decision) || isOver(decision, today)) continue;
    const facts = factsOf(decision, rules, used, client, [decision.instrument], undefined);
    if (notMet(rulesChecked(rules, facts)).length === 0) reserved.push(decision);
  }
  return found;
}

function usedBeside(
  decision: DecisionTerms,
  rules: readonly InstrumentRule[],
  taking: readonly DecisionTerms[],
  words: readonly DecisionTerms[],
): UsedMonths | null {
  const within = windowOf(rules);
  const told = words.filter(({ monthsUsedBefore }) => monthsUsedBefore !== null);
  if (within === null || (decision.monthsUsedBefore === null && told.length === 0 && taking.length === 0)) return null;
  const run = runOf(decision);
  const planned = run.until === Number.POSITIVE_INFINITY ? { from: run.from, until: run.from + 1 } : run;
  const taken = taking.map(takenBy);
  const steps = within * STEPS_A_MONTH;
  const own = (decision.monthsUsedBefore ?? 0) * STEPS_A_MONTH;
  const bySelf = fullestWindows(planned, taken, [], steps);
  const byOthers = fullestWindows(planned, taken, told.map(toldBy), steps);
  const most = Math.max(bySelf.steps + own, byOthers.steps);
  const decisive = [
    ...(bySelf.steps + own === most ? bySelf.windows : []),
    ...(byOthers.steps === most ? byOthers.windows : []),
  ];
  const months = Math.max(0, Math.ceil((most - (planned.until - planned.from)) / STEPS_A_MONTH));
  const counts = (other: DecisionTerms): boolean => decisive.some(window => inCommon(takenBy(other), window) > 0);
  return { months, endedEarly: taking.some(other => endedEarly(other) && counts(other)) };
}

function takenBy(decision: DecisionTerms): Span {
  const { from, until } = runOf(decision);
  return { from, until: Math.max(from, Math.min(until, withdrawalOf(decision), endOf(decision))) };
}

const endedEarly = (decision: DecisionTerms): boolean =>
  endOf(decision) < Math.min(runOf(decision).until, withdrawalOf(decision));

const withdrawalOf = ({ withdrawnOn }: DecisionTerms): number =>
  withdrawnOn === null ? Number.POSITIVE_INFINITY : stepOf(withdrawnOn);

/** The last day of a placement is used. */
const endOf = ({ endedOn }: DecisionTerms): number => endOfDay(endedOn);

function toldBy({ validFrom, monthsUsedBefore }: DecisionTerms): Span {
  const until = stepOf(validFrom);
  return { from: until - (monthsUsedBefore ?? 0) * STEPS_A_MONTH, until };
}

const hasTaken = (decision: DecisionTerms): boolean =>
  decision.inUse || (decision.validUntil !== null && decision.validUntil < decision.recordedOn);

/** Is what it says of months used elsewhere still said? */
const isWord = (decision: DecisionTerms): boolean => decision.inUse || decision.withdrawnOn === null;

const byRecording = (a: DecisionTerms, b: DecisionTerms): number =>
  Number(a.recordedAt) - Number(b.recordedAt) ||
  compare(a.decidedOn, b.decidedOn) ||
  compare(a.validFrom, b.validFrom) ||
  compare(a.id, b.id);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
