import { expect } from 'vitest';
import type { TestHub } from './hub.js';

/** Until so many sessions wait for a lock that others hold. */
export async function waitersOf(hub: TestHub, count: number): Promise<void> {
  const waiting = async () => {
    const [row] = await hub
      .owner()
      .fork()
      .execute<{ count: number }[]>(
        `select count(*)::int as count from pg_stat_activity
         where datname = current_database() and wait_event_type = 'Lock'`,
      );
    return row!.count;
  };
  await expect.poll(waiting).toBe(count);
}
