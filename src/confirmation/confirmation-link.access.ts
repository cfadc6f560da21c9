import { mayEditPartner } from '../partner/partner.access.js';
import type { Owners } from '../record/record.rules.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Who may ask somebody without an account to confirm a partner's records: its editors, and who coordinates its network. */
export const mayMakeLinks = (viewer: Viewer, { partner, network }: Owners): boolean =>
  mayEditPartner(viewer, partner) || coordinatedNetworks(viewer).includes(network);
