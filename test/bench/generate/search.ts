import type { MikroORM } from '@mikro-orm/postgresql';
import { indexRecords } from '../../../src/search/search-index.actions.js';

/** The search's documents of one network's partners with all that they have, by the hub's own function. @returns seconds */
export async function indexNetwork(orm: MikroORM, number: number): Promise<number> {
  const start = performance.now();
  return orm.em.fork().transactional(async tx => {
    const partners = await tx.execute<{ id: string }[]>(
      'select p.id from partner p join bench.network n on n.id = p.network_id where n.number = ? order by p.id',
      [number],
    );
    await indexRecords(tx, { partners: partners.map(({ id }) => id) });
    const seconds = (performance.now() - start) / 1000;
    await tx.execute(`insert into bench.chunk (stage, number, seconds, rows) values ('search', ?, ?, ?)`, [
      number,
      seconds,
      partners.length,
    ]);
    return seconds;
  });
}
