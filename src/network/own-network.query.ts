import type { EntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { coordinatesNetwork, isMemberOf, isOfficeOf } from './network.access.js';
import { Network } from './network.entity.js';
import { permittedNetwork } from './network.query.js';

/** The network with this slug for one of its members. Another is as if it were not there: BAD_USER_INPUT on `argument`. */
export const ownNetwork = ({ em, viewer }: Context, slug: string, argument: string): Promise<Network> =>
  permittedNetwork(em, slug, argument, id => isMemberOf(viewer, id));

/** The same for those who work for its Jobcenter: what is not for the editors of partners. */
export const officeNetwork = ({ em, viewer }: Context, slug: string, argument: string): Promise<Network> =>
  permittedNetwork(em, slug, argument, id => isOfficeOf(viewer, id));

/** The network with this slug for those who coordinate it; for others NOT_FOUND at `path`. */
export async function coordinatedNetwork(
  { viewer }: Context,
  tx: EntityManager,
  slug: string,
  path: string[],
): Promise<Network> {
  const network = await tx.findOne(Network, { slug });
  if (network && coordinatesNetwork(viewer, network.id)) return network;
  throw new Refusal(UserErrorCode.NOT_FOUND, 'Ein Netzwerk, das Sie koordinieren, heißt so nicht.', path);
}
