export enum MeasureField {
  TRAINING = 'TRAINING',
  NETWORK = 'NETWORK',
  ACCESSIBILITY = 'ACCESSIBILITY',
  PLACEMENT = 'PLACEMENT',
  INFORMATION = 'INFORMATION',
}

export enum MeasureStatus {
  PLANNED = 'PLANNED',
  UNDER_WAY = 'UNDER_WAY',
  DONE = 'DONE',
  DROPPED = 'DROPPED',
}

export enum MeasureUnit {
  PERCENT = 'PERCENT',
  COUNT = 'COUNT',
  PEOPLE = 'PEOPLE',
  PLACES = 'PLACES',
  HOURS = 'HOURS',
}

/** What tells how far a measure is: somebody, or the hub itself. */
export enum MeasureIndicator {
  MANUAL = 'MANUAL',
  STAFF_TRAINED = 'STAFF_TRAINED',
  SITES_ASSESSED = 'SITES_ASSESSED',
  PARTNERS_IN_CATEGORY = 'PARTNERS_IN_CATEGORY',
  FREE_PLACES_IN_CATEGORY = 'FREE_PLACES_IN_CATEGORY',
  REFERRALS_WITH_OUTCOME = 'REFERRALS_WITH_OUTCOME',
  FRESHNESS = 'FRESHNESS',
}

export enum ReadingSource {
  BY_HAND = 'BY_HAND',
  MEASURED = 'MEASURED',
}

export enum ReviewDecision {
  CONTINUE = 'CONTINUE',
  ADJUST = 'ADJUST',
  STOP = 'STOP',
}

/** Measures of a plan, and readings and reviews of a measure, at most. */
export const MOST_MEASURES = 60;
/** Of which each may have 60 measures with lists of their own: more of them at once is asked for by `first`. */
export const PLANS_OF_A_PAGE = 10;
export const MOST_READINGS = 1000;
export const MOST_REVIEWS = 200;
/** Services that a measure names at most. */
export const MOST_SERVICES = 20;
/** No target and no reading is larger. */
export const LARGEST_VALUE = 1_000_000_000;

/** In which unit the hub measures; null: whatever the plan says. */
export const UNIT_OF: Readonly<Record<MeasureIndicator, MeasureUnit | null>> = {
  [MeasureIndicator.MANUAL]: null,
  [MeasureIndicator.STAFF_TRAINED]: MeasureUnit.PERCENT,
  [MeasureIndicator.SITES_ASSESSED]: MeasureUnit.PERCENT,
  [MeasureIndicator.PARTNERS_IN_CATEGORY]: MeasureUnit.COUNT,
  [MeasureIndicator.FREE_PLACES_IN_CATEGORY]: MeasureUnit.PLACES,
  [MeasureIndicator.REFERRALS_WITH_OUTCOME]: MeasureUnit.PEOPLE,
  [MeasureIndicator.FRESHNESS]: MeasureUnit.PERCENT,
};

export type ParameterName = 'topic' | 'category' | 'outcome' | 'subject' | 'since';

/** Which parameters an indicator needs and which it may have; every other is a fault. */
export const PARAMETERS_OF: Readonly<
  Record<MeasureIndicator, { needed: readonly ParameterName[]; allowed: readonly ParameterName[] }>
> = {
  [MeasureIndicator.MANUAL]: { needed: [], allowed: [] },
  [MeasureIndicator.STAFF_TRAINED]: { needed: ['topic'], allowed: [] },
  [MeasureIndicator.SITES_ASSESSED]: { needed: ['since'], allowed: [] },
  [MeasureIndicator.PARTNERS_IN_CATEGORY]: { needed: ['category'], allowed: [] },
  [MeasureIndicator.FREE_PLACES_IN_CATEGORY]: { needed: ['category'], allowed: [] },
  [MeasureIndicator.REFERRALS_WITH_OUTCOME]: { needed: ['outcome'], allowed: ['category'] },
  [MeasureIndicator.FRESHNESS]: { needed: ['subject'], allowed: [] },
};

/** The first thing that is wrong with the parameters of an indicator, and of which one; null where nothing is. */
export function parameterFault(
  indicator: MeasureIndicator,
  given: Readonly<Partial<Record<ParameterName, unknown>>>,
): { name: ParameterName; message: string } | null {
  const { needed, allowed } = PARAMETERS_OF[indicator];
  for (const name of ['topic', 'category', 'outcome', 'subject', 'since'] as const) {
    if (needed.includes(name) && given[name] == null) return { name, message: 'Diese Kennzahl braucht diese Angabe.' };
    if (given[name] != null && !needed.includes(name) && !allowed.includes(name))
      return { name, message: 'Diese Angabe gehört nicht zu dieser Kennzahl.' };
  }
  return null;
}

/**
 * A count of people as it may be told again and again: in whole fives, and nothing below. One person may move it by five
 * where it stands at the edge of five: what is counted must be whole months, so that no two counts differ by a day.
 * Source: domain guide, "Coverage" (small cells).
 */
export const toldPeople = (count: number, smallest: number): number | null =>
  count < smallest ? null : Math.floor(count / smallest) * smallest;
