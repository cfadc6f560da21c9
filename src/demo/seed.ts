import type { MikroORM } from '@mikro-orm/postgresql';
import { insertRows } from '../database/insert-rows.js';
import { countRounds } from '../programme/round-count.actions.js';
import { indexEverything } from '../search/search-reindex.actions.js';
import { systemSession } from '../shared/policies.js';
import { Secrets } from '../shared/secrets.js';
import { buildWorld } from './world.js';

/**
 * Writes the demo world into a database without networks, in one transaction; every moment in it is relative to `now`.
 *
 * @param orm connected as the owner, migrations and reference data done
 * @returns false, and nothing is done, where there is a network already
 */
export async function seedDemo(orm: MikroORM, now: Date): Promise<boolean> {
  return orm.em.fork({ session: systemSession(now) }).transactional(async tx => {
    // Two that start at once: the second one waits here, and then finds the networks of the first.
    await tx.execute('lock table network in share row exclusive mode');
    const [{ seeded }] = await tx.execute<[{ seeded: boolean }]>('select exists (select from network) as seeded');
    if (seeded) return false;
    const [{ value }] = await tx.execute<[{ value: Buffer }]>(`select value from secret where name = 'root'`);
    for (const [table, rows] of buildWorld(now, new Secrets(value))) await insertRows(tx, table, rows);
    await countRounds(tx, now);
    await indexEverything(tx, now);
    await tx.execute('analyze');
    return true;
  });
}
