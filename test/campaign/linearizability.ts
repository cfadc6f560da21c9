/** One operation as a client saw it; moments from one monotonic clock. */
export interface Operation<Input, Output> {
  readonly input: Input;
  readonly output: Output;
  readonly invoked: number;
  readonly returned: number;
}

/** What one operation after the other would do; states are values, told apart by `key`. */
export interface Sequential<State, Input, Output> {
  readonly start: State;
  step(state: State, input: Input): { state: State; output: Output };
  key(state: State): string;
}

export interface Verdict<Input, Output> {
  readonly linearizable: boolean;
  /** The longest order that was found: all of the history, or as far as any order explains it. */
  readonly order: readonly Operation<Input, Output>[];
}

/**
 * Is there an order of the operations that keeps what came before what in time, and in which each answers what it
 * would answer if nothing ever happened at once?
 *
 * Tries every operation that nothing left must precede, depth first (J. Wing, C. Gong: Testing and Verifying Concurrent
 * Objects, J. Parallel Distrib. Comput. 17, 1993), and never twice the same set in the same state (G. Lowe: Testing for
 * Linearizability, Concurrency Computat. Pract. Exper. 29(4), 2017).
 */
export function linearize<State, Input, Output>(
  history: readonly Operation<Input, Output>[],
  { start, step, key }: Sequential<State, Input, Output>,
): Verdict<Input, Output> {
  const operations = history.map((operation, i) => ({ ...operation, bit: 1n << BigInt(i) }));
  type Numbered = (typeof operations)[number];
  const tried = new Set<string>();
  let longest: readonly Numbered[] = [];

  function extend(done: bigint, state: State, order: readonly Numbered[]): boolean {
    const known = `${done} ${key(state)}`;
    if (tried.has(known)) return false;
    tried.add(known);
    if (order.length > longest.length) longest = order;
    const left = operations.filter(one => (done & one.bit) === 0n);
    if (left.length === 0) return true;
    const firstReturn = Math.min(...left.map(one => one.returned));
    return left
      .filter(one => one.invoked <= firstReturn)
      .some(one => {
        const { state: next, output } = step(state, one.input);
        return isEqual(output, one.output) && extend(done | one.bit, next, [...order, one]);
      });
  }

  const linearizable = extend(0n, start, []);
  return { linearizable, order: longest.map(({ bit, ...operation }) => operation as Operation<Input, Output>) };
}

const isEqual = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);
