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

/**
 * The figures of several periods that do not overlap. Of one they are what may be told of it; of more they are summed over
 * those of which all may be told: so all counts are of the same people, and two sums never differ by less than may be told.
 */
export function summedFigures(periods: readonly ShownFigures[]): ShownFigures {
  const told = periods.filter(period => Object.values(period).some(figure => figure !== null));
  if (told.length === 1) return told[0]!;
  const whole = told.filter(period => Object.values(period).every(figure => figure !== null));
  const sum = (name: keyof FollowUpFigures): number | null => sumOf(whole.map(one => one[name]));
  const [recorded, subjectToSocialInsurance] = [sum('recorded'), sum('subjectToSocialInsurance')];
  return {
    due: sum('due'),
    recorded,
    stillEmployed: sum('stillEmployed'),
    subjectToSocialInsurance,
    unsubsidised: sum('unsubsidised'),
    rate: recorded === null || subjectToSocialInsurance === null ? null : subjectToSocialInsurance / recorded,
  };
}

/** Of what may be told; null where nothing may. */
export function sumOf(counts: readonly (number | null)[]): number | null {
  const told = counts.filter(count => count !== null);
  return told.length > 0 ? told.reduce((a, b) => a + b) : null;
}

/** The calendar half-year in which a day lies: its first day, and its last. Days are YYYY-MM-DD. */
export function halfYearOf(day: string): { from: string; until: string } {
  const year = day.slice(0, 4);
  return day.slice(5) < '07-01'
    ? { from: `${year}-01-01`, until: `${year}-06-30` }
    : { from: `${year}-07-01`, until: `${year}-12-31` };
}

/** A part of what is shown, where neither it nor the rest is small. */
const partOf = (whole: number | null, part: number, smallest: number): number | null =>
  whole !== null && part >= smallest && whole - part >= smallest ? part : null;
