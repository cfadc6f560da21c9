import type { EntityManager } from '@mikro-orm/postgresql';
import type { Owners } from '../record/record.rules.js';
import { rowsOf, sql } from '../shared/sql.js';
import { Role, type Viewer } from '../viewer/viewer.rules.js';
import { keepsRecords } from './partner.access.js';

/** Does the viewer keep the records of the partner? One statement at most, and only where it depends on its editors. */
export async function isKeeper(em: EntityManager, viewer: Viewer, owners: Owners): Promise<boolean> {
  if (!keepsRecords(viewer, owners, false)) return false;
  return keepsRecords(viewer, owners, true) || keepsRecords(viewer, owners, await hasEditors(em, owners.partner));
}

async function hasEditors(em: EntityManager, partner: string): Promise<boolean> {
  const rows = await rowsOf(
    em,
    sql`select from membership where partner_id = ${partner} and role = ${Role.PARTNER_EDITOR} limit 1`,
  );
  return rows.length > 0;
}
