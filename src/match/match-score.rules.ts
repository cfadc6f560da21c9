import { type CriterionCheck, checksOf } from '../service/service-criteria.rules.js';
import type { Candidate, ClosedIntake, MatchBlocker, Question, Weights } from './match.rules.js';
import { blockersOf } from './match-blockers.rules.js';
import { type Fact, factsOf } from './match-factors.rules.js';
import { type InstrumentFinding, instrumentFindings } from './match-instruments.rules.js';
import { reachOf } from './match-site.rules.js';

/** One part of the score and what it rests on. */
export type WeightedFact = Fact & { weight: number };

/** What the finder says of one service. */
export interface Match {
  service: string;
  /** Σ weight·value / Σ weight: 0 to 1. */
  score: number;
  /** Id of the site that was measured. */
  site: string | null;
  distanceKm: number | null;
  reasons: WeightedFact[];
  /** Empty for a service that fits. */
  blockers: MatchBlocker[];
  /** Every criterion of the service, and whether it holds. */
  criteria: CriterionCheck[];
  closedIntake: ClosedIntake | null;
  /** Every instrument of the service and of the question. */
  findings: InstrumentFinding[];
}

/** How well a service fits a question. A service that does not fit is scored too: that answers "why not this one". */
export function matchService(candidate: Candidate, question: Question, weights: Weights, now: Date): Match {
  const reach = reachOf(candidate, question);
  const reasons = factsOf(candidate, question, reach, now).map(fact => ({ ...fact, weight: weights[fact.factor] }));
  return {
    service: candidate.service,
    score: scoreOf(reasons),
    site: reach.site?.id ?? null,
    distanceKm: reach.distanceKm,
    reasons,
    blockers: blockersOf(candidate, question, reach, now),
    criteria: checksOf(candidate.criteria, question.needs),
    closedIntake: candidate.closedIntake,
    findings: instrumentFindings(candidate, question),
  };
}

/** The weighted mean; 0 where a network gives weight to nothing that was asked. */
export function scoreOf(reasons: readonly { weight: number; value: number }[]): number {
  const total = reasons.reduce((sum, { weight }) => sum + weight, 0);
  const score = reasons.reduce((sum, { weight, value }) => sum + weight * value, 0);
  return total > 0 ? Math.min(1, score / total) : 0;
}
