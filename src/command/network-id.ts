import type { EntityManager } from '@mikro-orm/postgresql';
import { rowsOf, sql } from '../shared/sql.js';
import { StartFault } from '../shared/start-fault.js';

/** Id of the network with this slug. @throws StartFault */
export async function networkId(em: EntityManager, slug: string): Promise<string> {
  const [network] = await rowsOf<{ id: string }>(em, sql`select id from network where slug = ${slug}`);
  if (!network) throw new StartFault(`There is no network "${slug}". The command "network" makes one.`);
  return network.id;
}
