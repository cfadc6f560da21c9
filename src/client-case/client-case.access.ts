import { type Sql, sql, verbatim } from '../shared/sql.js';
import { caseworkNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** SQL: is the viewer a caseworker of its network, and on this case: assigned to it, or as a deputy? */
export function onCase(viewer: Viewer, alias: string): Sql {
  if (!viewer.accountId) return sql`false`;
  const c = verbatim(alias);
  return sql`${c}.network_id = any(${caseworkNetworks(viewer)}::uuid[])
    and (${c}.assigned_to_id = ${viewer.accountId} or ${c}.deputy_id = ${viewer.accountId})`;
}

/** May the viewer open cases in this network? */
export const mayOpenCaseIn = (viewer: Viewer, networkId: string): boolean =>
  viewer.accountId !== null && caseworkNetworks(viewer).includes(networkId);
