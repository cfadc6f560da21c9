/**
 * A time on a line on which every month has 31 steps, the last ones of shorter months being empty: the same day of
 * different months lies whole months apart. `until` is left out, and may be Infinity.
 */
export interface Span {
  readonly from: number;
  readonly until: number;
}

export const STEPS_A_MONTH = 31;

/** Where a day lies on the line. @param day YYYY-MM-DD */
export function stepOf(day: string): number {
  const [year, month, dayOfMonth] = day.split('-').map(Number) as [number, number, number];
  return (year * 12 + month - 1) * STEPS_A_MONTH + dayOfMonth - 1;
}

export const inCommon = (a: Span, b: Span): number =>
  Math.max(0, Math.min(a.until, b.until) - Math.max(a.from, b.from));

export interface Fullest {
  /** How many steps are taken there. */
  readonly steps: number;
  /** All in which so many are. */
  readonly windows: readonly Span[];
}

/**
 * The windows with the most steps taken, of all in which something of what is planned lies. What is taken within a
 * window changes evenly while that moves, but where an end of it passes an end of a span: the most is found at one of these
 * places, or where the window only just reaches what is planned.
 *
 * @param planned not empty
 * @param taken all of these take steps, each on its own
 * @param oneOf of these the one that takes the most in the window: they tell of the same
 * @param within how many steps a window has
 */
export function fullestWindows(planned: Span, taken: readonly Span[], oneOf: readonly Span[], within: number): Fullest {
  const corners = [planned, ...taken, ...oneOf].flatMap(({ from, until }) => [from, until - within]);
  const starts = [...corners, planned.from - within + 1, planned.until - 1].filter(
    from => from < planned.until && from + within > planned.from,
  );
  const inWindow = (window: Span): number => {
    const all = [planned, ...taken].reduce((sum, span) => sum + inCommon(span, window), 0);
    return all + Math.max(0, ...oneOf.map(span => inCommon(span, window)));
  };
  const windows = starts.map(from => ({ from, until: from + within }));
  const steps = Math.max(...windows.map(inWindow));
  return { steps, windows: windows.filter(window => inWindow(window) === steps) };
}
