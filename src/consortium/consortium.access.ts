import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** Everybody reads consortia; they are written by those who coordinate the network that keeps the record. */
export const mayKeepConsortium = (viewer: Viewer, network: string): boolean =>
  coordinatedNetworks(viewer).includes(network);
