import { hasRole, Role, type Viewer } from '../viewer/viewer.rules.js';

/** Instruments hold for the whole hub: those who run it keep them. */
export const mayKeepInstruments = (viewer: Viewer): boolean => hasRole(viewer, Role.ADMIN);
