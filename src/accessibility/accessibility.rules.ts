import type { AccessibilityFeature } from '../location/location.rules.js';

/** What a criterion is about. */
export enum CriterionGroup {
  ENTRANCE = 'ENTRANCE',
  LIFT = 'LIFT',
  TOILET = 'TOILET',
  PARKING = 'PARKING',
  GUIDANCE = 'GUIDANCE',
  HEARING = 'HEARING',
  SEEING = 'SEEING',
  EASY_LANGUAGE = 'EASY_LANGUAGE',
  OTHER_MEANS = 'OTHER_MEANS',
}

export enum AssessmentStatus {
  DRAFT = 'DRAFT',
  COMPLETED = 'COMPLETED',
}

/** What somebody found who looked. */
export enum FindingResult {
  MET = 'MET',
  NOT_MET = 'NOT_MET',
  NOT_APPLICABLE = 'NOT_APPLICABLE',
  NOT_ASSESSED = 'NOT_ASSESSED',
}

export enum RemedyState {
  PLANNED = 'PLANNED',
  COMMISSIONED = 'COMMISSIONED',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}

/** Still to be done. */
export const OPEN_REMEDIES: readonly RemedyState[] = [RemedyState.PLANNED, RemedyState.COMMISSIONED];

/** How accessible the sites of a Jobcenter are. Sums of cents as they come out of the database: exact, as text. */
export interface SiteFigures {
  readonly sites: number;
  readonly assessed: number;
  readonly notMet: number;
  readonly withoutRemedy: number;
  readonly open: number;
  readonly overdue: number;
  readonly done: number;
  readonly costCents: string;
  readonly openCostCents: string;
  readonly withoutCost: number;
}

/** A criterion of the catalogue. */
export interface Criterion {
  readonly code: string;
  readonly group: CriterionGroup;
  readonly de: string;
  readonly en: string;
  /** What whoever looks is asked. */
  readonly askedDe: string;
  readonly askedEn: string;
  /** Of what is measured: in which unit, and between which values, both included, it is met. */
  readonly unit?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  /** Where it comes from. */
  readonly source: string;
  /** What it tells of a place in the finder. */
  readonly feature?: AccessibilityFeature;
  /** Without it the feature is not there. */
  readonly essential?: true;
}
