/** Of how many people a count tells at least: a smaller one could be told of somebody. Source: domain guide, "Coverage". */
export const SMALLEST_CELL = 5;

/** Counts of those who were asked about after some months; each holds the next but the last, which lies beside it. */
export interface FollowUpFigures {
  due: number;
  recorded: number;
  stillEmployed: number;
  subjectToSocialInsurance: number;
  unsubsidised: number;
}

/** The same as far as they may be told. */
export type ShownFigures = { readonly [Name in keyof FollowUpFigures]: number | null } & {
  /** Subject to social insurance, of those of whom it was recorded. */
  readonly rate: number | null;
};

/** A count, or null where it is small. */
export const shownCount = (count: number, smallest: number): number | null => (count >= smallest ? count : null);

/**
 * The figures without small cells, and without those by whose difference to a larger one a small cell would be known:
 * how many are out of work is told as little as how many are in work, where it is fewer than `smallest`; so is "all".
 * `due` and `recorded` tell of the calendar and of diligence, not of clients: what is missing there may be small.
 */
export function shownFigures(figures: FollowUpFigures, smallest: number): ShownFigures {
  const recorded = shownCount(figures.recorded, smallest);
  const stillEmployed = partOf(recorded, figures.stillEmployed, smallest);
  const whole = stillEmployed ?? recorded;
  const subjectToSocialInsurance = partOf(whole, figures.subjectToSocialInsurance, smallest);
  return {
    due: shownCount(figures.due, smallest),
    recorded,
    stillEmployed,
    subjectToSocialInsurance,
    unsubsidised: partOf(whole, figures.unsubsidised, smallest),
    rate: recorded !== null && subjectToSocialInsurance !== null ? subjectToSocialInsurance / recorded : null,
  };
}

/** A part of what is shown, where neither it nor the rest is small. */
const partOf = (whole: number | null, part: number, smallest: number): number | null =>
  whole !== null && part >= smallest && whole - part >= smallest ? part : null;
