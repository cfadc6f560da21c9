import type { InstrumentRule } from '../instrument/instrument.rules.js';
import type { ServiceInstrument } from '../instrument/service-instrument.rules.js';
import type { DeliveryMode, ServiceStatus } from '../service/service.rules.js';
import type { Criterion } from '../service/service-terms.rules.js';
import type { Point } from '../shared/geo.rules.js';

/** The parts of the score, in the order in which they are shown. */
export enum MatchFactor {
  CATEGORY = 'CATEGORY',
  DISTANCE = 'DISTANCE',
  CAPACITY = 'CAPACITY',
  WAIT = 'WAIT',
  LANGUAGE = 'LANGUAGE',
  ACCESSIBILITY = 'ACCESSIBILITY',
  NEEDS = 'NEEDS',
  FRESHNESS = 'FRESHNESS',
  RESPONSE = 'RESPONSE',
}

/** Why a service does not fit: the hard filters. */
export enum MatchBlocker {
  CATEGORY = 'CATEGORY',
  OUT_OF_AREA = 'OUT_OF_AREA',
  NO_FREE_PLACE = 'NO_FREE_PLACE',
  INTAKE_PAUSED = 'INTAKE_PAUSED',
  INACTIVE = 'INACTIVE',
  LANGUAGE = 'LANGUAGE',
  ACCESSIBILITY = 'ACCESSIBILITY',
  AGE = 'AGE',
  NOT_ELIGIBLE = 'NOT_ELIGIBLE',
  TOO_FAR = 'TOO_FAR',
  NOT_SHARED = 'NOT_SHARED',
  INSTRUMENT = 'INSTRUMENT',
}

/** What somebody looks for. Empty lists and nulls: not asked. */
export interface Question {
  /** Key of the municipality in which the client lives. */
  municipality: string;
  /** Where distances are measured from: the municipality's centre, unless another point is asked for. */
  from: Point;
  /** BCP 47; any one of them suffices. */
  languages: readonly string[];
  needs: readonly string[];
  /** Features that must all be there at the site. */
  accessibility: readonly string[];
  /** Features that count for the score. */
  preferredAccessibility: readonly string[];
  age: number | null;
  /** The other age that a year of birth leaves open: one that fits suffices. */
  otherAge?: number | null;
  maximumDistanceKm: number | null;
  requireFreePlace: boolean;
  /** Left out: nothing is told of how it is paid. */
  funding?: FundingQuestion;
}

/** By which instruments a place is to be paid, and what their rules want to know. Nulls: not told. */
export interface FundingQuestion {
  readonly asked: readonly {
    /** Code. */
    readonly instrument: string;
    readonly monthsUsed: number | null;
    readonly durationMonths: number | null;
  }[];
  readonly unemployedMonths: number | null;
  readonly benefitMonths: number | null;
}

/** Why a service of a programme takes nobody for now. */
export interface ClosedIntake {
  /** Title of the programme. */
  readonly programme: string;
  /** YYYY-MM-DD; null where no next round is known. */
  readonly opensOn: string | null;
}

/** An instrument by which a place can be paid today, with its rules of today. */
export interface OfferedInstrument extends ServiceInstrument {
  /** Null: it has none today. */
  readonly rules: readonly InstrumentRule[] | null;
  readonly source: string | null;
}

/** Where a service is offered. A feature that nobody assessed is missing, which means unknown. */
export interface Site extends Point {
  id: string;
  accessibility: Readonly<Record<string, string | undefined>>;
}

/** How many first answers took so many working days. */
export interface AnswerCount {
  workingDays: number;
  answers: number;
}

/** Everything about one service that the finder looks at. Nulls: not known. */
export interface Candidate {
  service: string;
  status: ServiceStatus;
  /** YYYY-MM-DD, the last day without intake. */
  intakePausedUntil: string | null;
  /** Of which programme it is, none of whose rounds takes people once its own pause is over, and when the next one does. */
  closedIntake: ClosedIntake | null;
  /** Levels of its nearest category below the asked one; null outside the asked subtree. */
  levelsBelow: number | null;
  /** Does the service area hold the client's municipality? */
  inArea: boolean;
  sites: readonly Site[];
  deliveryModes: readonly DeliveryMode[];
  languages: readonly string[];
  interpretation: boolean;
  /** The needs that it is made for; empty: none in particular. */
  needs: readonly string[];
  minimumAge: number | null;
  maximumAge: number | null;
  criteria: readonly Criterion[];
  instruments: readonly OfferedInstrument[];
  /** Free places as the viewer may see them; null where places are not counted or were never reported. */
  freePlaces: number | null;
  /** Was the number of free places rounded down for this viewer? */
  freeIsCoarse: boolean;
  reportedAt: Date | null;
  /** People on the waiting list; null where nobody ever reported. */
  waiting: number | null;
  expectedWaitDays: number | null;
  /** How many were accepted in the 90 days before. */
  acceptedIn90Days: number;
  answers: readonly AnswerCount[];
  confirmedAt: Date | null;
  /** False: of another network, which does not share it with those in which the viewer refers clients. */
  withinReach: boolean;
}

export type Weights = Readonly<Record<MatchFactor, number>>;

/** Source: domain guide, "Matching: the score". The success of past clients is no factor: it would reward easy ones. */
export const DEFAULT_WEIGHTS: Weights = {
  CATEGORY: 0.25,
  DISTANCE: 0.2,
  CAPACITY: 0.2,
  WAIT: 0.1,
  LANGUAGE: 0.08,
  ACCESSIBILITY: 0.07,
  NEEDS: 0.02,
  FRESHNESS: 0.05,
  RESPONSE: 0.03,
};

/** The weights of a network: its own where it has set them, else the default ones. Only numbers ≥ 0 are weights. */
export function weightsOf(own: Readonly<Record<string, unknown>> | null): Weights {
  const isWeight = (value: unknown): value is number => Number.isFinite(value) && (value as number) >= 0;
  const entries = Object.values(MatchFactor).map(factor => {
    const value = own?.[factor];
    return [factor, isWeight(value) ? value : DEFAULT_WEIGHTS[factor]] as const;
  });
  return Object.fromEntries(entries) as Weights;
}
