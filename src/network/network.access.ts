import { type Sql, sql } from '../shared/sql.js';
import { caseworkNetworks, coordinatedNetworks, ownNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Has the viewer a place of any kind in this network? What is for its members is for her. */
export const isMemberOf = (viewer: Viewer, networkId: string): boolean => ownNetworks(viewer).includes(networkId);

/** Does the viewer work for the Jobcenter of this network, as caseworker or in its coordination? Editors of partners do not. */
export const isOfficeOf = (viewer: Viewer, networkId: string): boolean => officeNetworks(viewer).includes(networkId);

/** Does the viewer coordinate this network? What the network says of itself she writes. */
export const coordinatesNetwork = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);

/** SQL: has the viewer a place in the network with the id in this column? */
export const inOwnNetwork = (viewer: Viewer, column: Sql): Sql => sql`${column} = any(${ownNetworks(viewer)}::uuid[])`;

/** SQL: does the viewer work for the Jobcenter of the network with the id in this column? */
export const inOfficeNetwork = (viewer: Viewer, column: Sql): Sql =>
  sql`${column} = any(${officeNetworks(viewer)}::uuid[])`;

/** SQL: does the viewer coordinate the network with the id in this column? */
export const inCoordinatedNetwork = (viewer: Viewer, column: Sql): Sql =>
  sql`${column} = any(${coordinatedNetworks(viewer)}::uuid[])`;

const officeNetworks = (viewer: Viewer): string[] => [...caseworkNetworks(viewer), ...coordinatedNetworks(viewer)];
