/**
 * SQL: counts that come round, `[2, 3, 5, 10]` for the rows 0, 1, 2, 3, 4 …
 *
 * @param row expression of the row's number, whose remainder decides
 */
export function cycle(counts: readonly number[], row: string): { count: string; before: (row: string) => string } {
  const sums = counts.map((_, i) => counts.slice(0, i).reduce((a, b) => a + b, 0));
  const whole = counts.reduce((a, b) => a + b, 0);
  const at = (list: readonly number[]) => `(array[${list.join(', ')}])[1 + ${row} % ${counts.length}]`;
  return {
    count: at(counts),
    /** How many all rows before this one have together, counted from that number on. */
    before: number => `((${number}) / ${counts.length} * ${whole} + ${at(sums)})`,
  };
}
