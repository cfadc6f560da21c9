import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput } from '../shared/errors.js';
import { type Sql, sql } from '../shared/sql.js';
import { Network } from './network.entity.js';

/** SQL: the id of the network with this slug, or null. */
export const networkWithSlug = (slug: string): Sql => sql`(select n.id from network n where n.slug = ${slug})`;

/** BAD_USER_INPUT on `argument` for a slug that no network has. */
export async function knownNetwork(em: EntityManager, slug: string, argument: string): Promise<Network> {
  const [network] = await knownNetworks(em, [slug], argument);
  return network!;
}

export async function knownNetworks(em: EntityManager, slugs: readonly string[], argument: string): Promise<Network[]> {
  const networks = await em.find(Network, { slug: { $in: [...slugs] } }, { orderBy: { slug: 'asc' } });
  if (networks.length < new Set(slugs).size) throw badInput(argument, 'No network has this slug.');
  return networks;
}

/**
 * The network with this slug, where the viewer may ask there what she asks. BAD_USER_INPUT on `argument` else, the same
 * whether there is such a network or not.
 */
export async function permittedNetwork(
  em: EntityManager,
  slug: string,
  argument: string,
  may: (networkId: string) => boolean,
): Promise<Network> {
  const network = await em.findOne(Network, { slug });
  if (network && may(network.id)) return network;
  throw badInput(argument, 'None of your networks has this slug, or none in which you may ask this.');
}
