import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Those who coordinate a network import into it, and see what became of that. */
export const mayImportInto = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);

/** SQL: the same for a row `t` of `import_job`. */
export const isSeenImport = (viewer: Viewer): Sql => sql`t.network_id = any(${coordinatedNetworks(viewer)}::uuid[])`;
