import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Publications are kept by those who coordinate the network that they are of. */
export const mayKeepPublication = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);

/** SQL: may the viewer see the publication `t`? Everybody what is out, its keepers what is to come or was taken back too. */
export const publicationVisibleTo = (viewer: Viewer, today: string): Sql =>
  sql`(t.published_on <= ${today}::date and not t.withdrawn or t.network_id = any(${coordinatedNetworks(viewer)}::uuid[]))`;
