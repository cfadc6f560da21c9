import type { EntityManager } from '@mikro-orm/postgresql';
import { badInput, type PublicError } from '../shared/errors.js';
import { Network } from './network.entity.js';

/** BAD_USER_INPUT on `argument` for a slug that no network has. */
export async function knownNetwork(em: EntityManager, slug: string, argument: string): Promise<Network> {
  const [network] = await knownNetworks(em, [slug], argument);
  return network!;
}

export async function knownNetworks(em: EntityManager, slugs: readonly string[], argument: string): Promise<Network[]> {
  const networks = await em.find(Network, { slug: { $in: [...slugs] } }, { orderBy: { slug: 'asc' } });
  if (networks.length < new Set(slugs).size) throw noSuchNetwork(argument);
  return networks;
}

export const noSuchNetwork = (argument: string): PublicError => badInput(argument, 'No network has this slug.');
