import { mayEditPartner } from '../partner/partner.access.js';
import type { Partner } from '../partner/partner.entity.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Everybody reads consortia; they are written by those who coordinate the network that keeps the record. */
export const mayKeepConsortium = (viewer: Viewer, network: string): boolean =>
  coordinatedNetworks(viewer).includes(network);

/** Nobody is a member for ever because others say so: the partner's editors, and those who coordinate its network, end it. */
export const mayLeaveFor = (viewer: Viewer, partner: Partner): boolean =>
  mayEditPartner(viewer, partner.id) || coordinatedNetworks(viewer).includes(partner.network.id);
