import type { EntityManager } from '@mikro-orm/postgresql';

/**
 * The hub's own effects inside the caller's transaction, where the party of a step may not write or no longer read: the
 * policies let SYSTEM through until the work is done.
 */
export async function asSystem<T>(tx: EntityManager, work: () => Promise<T>): Promise<T> {
  const [before] = await tx.execute<{ value: string }[]>(
    `select coalesce(current_setting('app.system', true), '') as value, set_config('app.system', 'on', true)`,
  );
  const result = await work();
  await tx.execute(`select set_config('app.system', ?, true)`, [before?.value ?? '']);
  return result;
}
