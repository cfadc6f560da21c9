import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, ownNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** SQL: may the viewer see the accession `t`? Everybody once it is acceded; before, members of its network. */
export const accessionVisibleTo = (viewer: Viewer, today: string): Sql =>
  sql`(t.acceded_on <= ${today}::date or t.network_id = any(${ownNetworks(viewer)}::uuid[]))`;

/** Accessions are kept by those who coordinate the network. */
export const mayKeepAccession = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);
