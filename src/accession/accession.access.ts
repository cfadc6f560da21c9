import { inOwnNetwork, isMemberOf } from '../network/network.access.js';
import { type Sql, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import type { Accession } from './accession.entity.js';

/** SQL: may the viewer see the accession `t`? Everybody once it is acceded; before, members of its network. */
export const accessionVisibleTo = (viewer: Viewer, today: string): Sql =>
  sql`(t.acceded_on <= ${today}::date or ${inOwnNetwork(viewer, sql`t.network_id`)})`;

/** The same for one that was read. */
export const seesAccession = (viewer: Viewer, { accededOn, network }: Accession, today: string): boolean =>
  (accededOn !== null && accededOn <= today) || isMemberOf(viewer, network.id);
