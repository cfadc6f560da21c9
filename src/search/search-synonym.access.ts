import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';

/** The words of a network are for those who coordinate it to see and to change. */
export const maySeeSynonyms = (viewer: Viewer, networkId: string | null): boolean =>
  networkId !== null && coordinatedNetworks(viewer).includes(networkId);

/** Those that come with the program are the same for all who coordinate a network. */
export const seesSynonyms = (viewer: Viewer, networkId: string | null): boolean =>
  networkId === null ? coordinatedNetworks(viewer).length > 0 : maySeeSynonyms(viewer, networkId);
