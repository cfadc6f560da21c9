import { AccessibilityFeature, FeatureState } from '../location/location.rules.js';
import { FindingResult } from './accessibility.rules.js';

/** As much of a criterion as decides. */
export interface Deciding {
  readonly code: string;
  readonly feature: AccessibilityFeature | null;
  readonly essential: boolean;
}

/** What is asked of a measured value; both ends included. */
export interface Limits {
  readonly unit: string | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** What a measured value says: outside the limits is NOT_MET. @param measured in the criterion's unit */
export const resultOfMeasured = ({ minimum, maximum }: Limits, measured: number): FindingResult =>
  (minimum !== null && measured < minimum) || (maximum !== null && measured > maximum)
    ? FindingResult.NOT_MET
    : FindingResult.MET;

/**
 * What an assessment decides of every feature, in their order. Of the essential criteria of a feature: one that is not
 * met makes it NO; all met or not applicable, and one of them met, make it YES; everything else is UNKNOWN, so what
 * nobody looked at never is YES. @param results by code of the criterion; what is not in it was not assessed
 */
export function decidedFeatures(
  criteria: readonly Deciding[],
  results: ReadonlyMap<string, FindingResult>,
): { feature: AccessibilityFeature; state: FeatureState }[] {
  return Object.values(AccessibilityFeature).map(feature => {
    const found = criteria
      .filter(criterion => criterion.essential && criterion.feature === feature)
      .map(({ code }) => results.get(code) ?? FindingResult.NOT_ASSESSED);
    return { feature, state: stateOf(found) };
  });
}

function stateOf(found: readonly FindingResult[]): FeatureState {
  if (found.includes(FindingResult.NOT_MET)) return FeatureState.NO;
  if (found.includes(FindingResult.NOT_ASSESSED)) return FeatureState.UNKNOWN;
  return found.includes(FindingResult.MET) ? FeatureState.YES : FeatureState.UNKNOWN;
}
