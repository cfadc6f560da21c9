export interface RateLimit {
  /** So many requests of one caller… */
  readonly most: number;
  /** …in so many milliseconds. */
  readonly within: number;
}

/** Callers that are known at once; whoever asked longest ago is forgotten first. */
const MOST_CALLERS = 10_000;

/**
 * Counts what each caller asks, in windows that begin with her first request.
 *
 * @param now milliseconds, going up
 * @returns what counts a request, and answers how many seconds its caller has to wait; null: none
 */
export function rateLimit(
  { most, within }: RateLimit,
  now = () => performance.now(),
): (caller: string) => number | null {
  const callers = new Map<string, { begun: number; asked: number }>();
  return caller => {
    const moment = now();
    const known = callers.get(caller);
    if (known && moment - known.begun < within) {
      known.asked++;
      return known.asked <= most ? null : Math.ceil((known.begun + within - moment) / 1_000);
    }
    callers.delete(caller); // to be the youngest again
    callers.set(caller, { begun: moment, asked: 1 });
    const [oldest] = callers.keys();
    if (callers.size > MOST_CALLERS && oldest !== undefined) callers.delete(oldest);
    return null;
  };
}
