import type { OfficeTime } from './office-time.js';
import type { Random } from './random.js';

/** Mostly fresh (up to 30 days), some aging, some stale, a few never; in office days, which are longer than days. */
export function confirmedAt(random: Random, time: OfficeTime): Date | null {
  const days = random.weighted<readonly [number, number] | null>([
    [[0.1, 16], 62],
    [[26, 52], 20],
    [[75, 260], 12],
    [null, 6],
  ]);
  return days && time.daysAgo(random.within(days));
}

/** When a record was made and last edited, and how often. */
export function history(random: Random, time: OfficeTime) {
  const created = random.between(300, 900);
  const version = random.int(1, 5);
  return {
    version,
    created_at: time.daysAgo(created),
    updated_at: time.daysAgo(version === 1 ? created : random.between(5, 290)),
  };
}
