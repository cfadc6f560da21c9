import type { EntityManager } from '@mikro-orm/postgresql';
import { PARTNER_RECORD } from '../partner/partner-record.rules.js';
import { readRecords, type StoredRecord } from '../record/record.query.js';
import { rowsOf, sql } from '../shared/sql.js';
import { coordinatedNetworks, type Viewer } from '../viewer/viewer.rules.js';
import type { Mergeable } from './partner-merge.rules.js';
import { sameAddress } from './street.query.js';

export type MergeRecord = StoredRecord & Mergeable;

/** The partners with these ids, merged ones too, by id. */
export async function mergeRecords(em: EntityManager, ids: readonly string[]): Promise<Map<string, MergeRecord>> {
  const records = await readRecords(em, PARTNER_RECORD, ids);
  const rows = await rowsOf<{ id: string; into: string }>(
    em,
    sql`select id, merged_into_id as into from partner where id = any(${ids}::uuid[]) and merged_into_id is not null`,
  );
  const into = new Map(rows.map(row => [row.id, row.into]));
  return new Map([...records].map(([id, record]) => [id, { ...record, mergedInto: into.get(id) ?? null }]));
}

/** Partners of a network are merged by those who coordinate it. */
export const mayMerge = (viewer: Viewer, { network }: Pick<Mergeable, 'network'>): boolean =>
  coordinatedNetworks(viewer).includes(network);

/** A location of the other that lies where one of the survivor does. */
export interface LocationPair {
  readonly mine: string;
  readonly theirs: string;
}

/** Each of the other once, with the first of the survivor's at the same address. */
export const equalLocations = (em: EntityManager, survivor: string, other: string): Promise<LocationPair[]> =>
  rowsOf<LocationPair>(
    em,
    sql`select distinct on (o.id) o.id as theirs, s.id as mine
        from location o join location s on s.partner_id = ${survivor} and ${sameAddress(sql`s`, sql`o`)}
        where o.partner_id = ${other} order by o.id, s.id`,
  );

/** Ids of the umbrellas above a partner. */
export async function umbrellasOf(em: EntityManager, id: string): Promise<string[]> {
  const rows = await rowsOf<{ id: string }>(
    em,
    sql`with recursive above (id) as (
          select parent_id from partner where id = ${id} and parent_id is not null
          union select p.parent_id from above a join partner p on p.id = a.id where p.parent_id is not null)
        select id from above`,
  );
  return rows.map(row => row.id);
}
