import { type Sql, sql } from '../shared/sql.js';
import { coordinatedNetworks, ownNetworks, type Viewer } from '../viewer/viewer.rules.js';
import type { SharingAgreement } from './sharing-agreement.entity.js';

/** SQL: is the viewer a member of one of the networks of the agreement `t`? */
export const agreementVisibleTo = (viewer: Viewer): Sql =>
  sql`(t.network_id = any(${ownNetworks(viewer)}::uuid[]) or t.receiver_id = any(${ownNetworks(viewer)}::uuid[]))`;

/** May the viewer see this agreement? The same for one that was read. */
export const seesAgreement = (viewer: Viewer, { network, receiver }: SharingAgreement): boolean =>
  ownNetworks(viewer).some(id => id === network.id || id === receiver.id);

/** May the viewer propose, agree, decline and end for this network? */
export const actsFor = (viewer: Viewer, network: string): boolean => coordinatedNetworks(viewer).includes(network);
