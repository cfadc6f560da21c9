import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** The register of a network is for those who coordinate it. */
export const mayReadRegister = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);

/** SQL: the same for a gap `g`. The policies say so too. */
export const inOwnRegister = (viewer: Viewer): Sql => sql`g.network_id = any(${coordinatedNetworks(viewer)}::uuid[])`;
