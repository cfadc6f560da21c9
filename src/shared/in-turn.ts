let last: Promise<unknown> = Promise.resolve();

/**
 * Sums that may take many milliseconds each, one after the other: between two of them everybody else has a turn, so
 * that one question for hundreds of them holds up nobody else's.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  const result = last.then(() => new Promise<void>(resolve => setImmediate(resolve))).then(work);
  // Whoever asked is told of its failure; the next in line has nothing to do with it.
  last = result.then(
    () => undefined,
    () => undefined,
  );
  return result;
}
