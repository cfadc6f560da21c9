import { coordinatedNetworks, ownNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** When somebody last heard of the partners for a need is for members of the network. */
export const mayReadContacts = (viewer: Viewer, networkId: string): boolean => ownNetworks(viewer).includes(networkId);

/** What is missing for a need, and how many clients have it, is for those who coordinate the network. */
export const mayReadNeeds = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);
