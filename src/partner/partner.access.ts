import { editedPartners, type Viewer } from '../viewer/viewer.rules.js';

/** The record of a partner is kept by its own editors. */
export const mayEditPartner = (viewer: Viewer, partnerId: string): boolean =>
  editedPartners(viewer).includes(partnerId);
