import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** The measure of a network is for those who coordinate it. */
export const mayReadMeasure = (viewer: Viewer, networkId: string): boolean =>
  coordinatedNetworks(viewer).includes(networkId);
