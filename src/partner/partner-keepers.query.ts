import type { EntityManager } from '@mikro-orm/postgresql';
import type { Owners } from '../record/record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import type { Viewer } from '../viewer/viewer.rules.js';
import { hasEditors, keepsRecords } from './partner.access.js';

/** Does the viewer keep the records of the partner? One statement at most, and only where it depends on its editors. */
export async function isKeeper(em: EntityManager, viewer: Viewer, owners: Owners): Promise<boolean> {
  if (!keepsRecords(viewer, owners, false)) return false;
  return keepsRecords(viewer, owners, true) || keepsRecords(viewer, owners, await isEdited(em, owners.partner));
}

const isEdited = async (em: EntityManager, partner: string): Promise<boolean> =>
  (await rowsOf(em, sql`select where ${hasEditors(sql`${partner}::uuid`)}`)).length > 0;
