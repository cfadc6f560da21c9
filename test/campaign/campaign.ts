/**
 * What the campaigns share. Each has a short form, part of `npm test`, and a long one: `CAMPAIGN=full npx vitest run
 * test/campaign/<name>.test.ts`. Both print their figures.
 */
export const FULL = process.env.CAMPAIGN === 'full';

/** How much of something: in the short form, or in the full one. */
export const sized = (short: number, full: number): number => (FULL ? full : short);

const MINUTE = 60_000;

/** For vitest: none of these hangs for ever, and the full ones may take their time. */
export const PATIENCE = FULL ? 60 * MINUTE : 10 * MINUTE;

/** Figures go past vitest's own lines, straight to whoever started it. */
export function tell(campaign: string, figures: Readonly<Record<string, number | string>>): void {
  const shown = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? round(value) : value}`,
  );
  process.stdout.write(`\n  ${campaign}: ${shown.join(' · ')}\n`);
}

const round = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));

/** The value below which so many of 100 lie; nearest rank. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** So many at once: each takes the next item when it is done with one. */
export async function shared<Item, Worker>(
  items: Iterable<Item>,
  workers: readonly Worker[],
  work: (worker: Worker, item: Item) => Promise<void>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  await Promise.all(
    workers.map(async worker => {
      for (let next = left.next(); !next.done; next = left.next()) await work(worker, next.value);
    }),
  );
}
