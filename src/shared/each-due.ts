import type { Clockwork } from './clockwork.js';
import { isUnavailable } from './unavailable.js';

/** How many are looked up at once. */
const BATCH = 200;
/** After so many in a row for which the database was away, the rest waits too. */
const AWAY = 3;

/**
 * Work for each that is due, one after the other. One that fails does not stop those after it; it stays due, and the
 * next round tries it again.
 *
 * @param due ids of what is due, the most urgent first, so many at most; also those that fail again and again
 * @param work in a transaction of its own, which takes its lock and asks once more whether it is due: another hub may
 *   have been faster, or a person
 * @returns the sum of what `work` tells that it did
 * @throws AggregateError of what failed, after all the others were done; the end of the hub among it where some were left
 */
export async function eachDue(
  { ending }: Pick<Clockwork, 'ending'>,
  due: (most: number) => Promise<readonly string[]>,
  work: (id: string) => Promise<number>,
): Promise<number> {
  const faults: unknown[] = [];
  let done = 0;
  let away = 0;
  try {
    for await (const id of untried(due)) {
      ending?.throwIfAborted();
      try {
        done += await work(id);
        away = 0;
      } catch (error) {
        faults.push(error);
        away = isUnavailable(error) ? away + 1 : 0;
        if (away === AWAY) break;
      }
    }
  } catch (error) {
    faults.push(error); // the end of the hub, or it could not be told what is due
  }
  if (faults.length > 0) throw new AggregateError(faults, `Not all that is due was done (${faults.length}).`);
  return done;
}

/** Those that failed are due again and again, so more is asked for each time. */
async function* untried(due: (most: number) => Promise<readonly string[]>): AsyncGenerator<string> {
  const tried = new Set<string>();
  for (;;) {
    const batch = (await due(tried.size + BATCH)).filter(id => !tried.has(id));
    if (batch.length === 0) return;
    for (const id of batch) {
      tried.add(id);
      yield id;
    }
  }
}
