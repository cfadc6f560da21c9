import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** A programme is kept by those who coordinate the network that leads it. */
export const mayKeepProgramme = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);

/** SQL: may the viewer see the programme `t`? Everybody what is published, its keepers the drafts too. */
export const programmeVisibleTo = (viewer: Viewer): Sql =>
  sql`(t.published or t.network_id = any(${coordinatedNetworks(viewer)}::uuid[]))`;
