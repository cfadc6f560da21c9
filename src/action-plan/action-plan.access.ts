import { inCoordinatedNetwork, inOwnNetwork } from '../network/network.access.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';

/**
 * SQL: may the viewer see the action plan `p`? A published one everybody, an adopted one members of its network, a draft
 * those who coordinate it.
 */
export const planVisibleTo = (viewer: Viewer): Sql => sql`(p.published
  or p.adopted_on is not null and ${inOwnNetwork(viewer, sql`p.network_id`)}
  or ${inCoordinatedNetwork(viewer, sql`p.network_id`)})`;

/** SQL: the same for a measure `t`. */
export const measureVisibleTo = (viewer: Viewer): Sql =>
  sql`exists (select from action_plan p where p.id = t.plan_id and ${planVisibleTo(viewer)})`;
