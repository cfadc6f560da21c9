import type { EntityManager } from '@mikro-orm/postgresql';
import { tableOfRecord } from '../hsds/hsds-flatten.js';
import type { Root } from '../hsds-import/hsds-owner.rules.js';
import { type Progress, SILENT } from '../shared/progress.js';
import { rowsOf, sql } from '../shared/sql.js';
import { KINDS } from './hsds-batch.rules.js';
import { goingOut } from './hsds-export.query.js';
import { fullRows } from './hsds-full.query.js';
import { type HsdsObject, type NestWish, nested, RowSet } from './hsds-nest.rules.js';
import { noneRows } from './hsds-rows.query.js';

/** So many at once are nested: each brings its organisation and its places. */
const BATCH = 200;
const ALL: NestWish = { lists: true, strict: false };

/**
 * A network's published directory as objects of the Human Services Data Specification: first each service with all that
 * belongs to it, its organisation and places too; then the organisations and places without a service; then what belongs
 * to no record, such as taxonomies. Read back it is the same as the tables.
 *
 * @param tx a transaction that sees one state of the database
 * @param onLeftOut told of a row that belongs to no record and that nobody could tell from others once it stands alone
 */
export async function* hsdsObjects(
  tx: EntityManager,
  network: string,
  onLeftOut: (table: string) => void = () => {},
  progress: Progress = SILENT,
): AsyncGenerator<HsdsObject> {
  for (const table of ['services', 'organizations', 'locations'] as const) {
    const told = table === 'services' ? null : await withServices(tx, network, table);
    for await (const batch of goingOut(tx, { table, kind: KINDS[table].kind, network }, BATCH, progress)) {
      const records = batch.map(({ record }) => record).filter(record => !told?.has(record));
      const full = await fullRows(tx, { [table]: records, places: table === 'services', archived: true });
      for (const record of records) {
        const object = full.object(table, record, ALL);
        if (object) yield table === 'organizations' ? withoutOthers(object) : object;
      }
    }
  }
  for await (const row of noneRows(tx, network)) {
    const object = nested(new RowSet(), row, ALL);
    if (tableOfRecord(object as never, null) === row.table) yield object;
    else onLeftOut(row.table);
  }
}

/** Its places and services stand for themselves. */
const withoutOthers = ({ services: _services, locations: _locations, ...rest }: Record<string, unknown>): HsdsObject =>
  rest;

/** Ids of the records that are told within a service. */
async function withServices(
  tx: EntityManager,
  network: string,
  table: Exclude<Root, 'services'>,
): Promise<Set<string>> {
  const rows = await rowsOf<{ id: string }>(
    tx,
    table === 'organizations'
      ? sql`select distinct partner_id as id from service where network_id = ${network}`
      : sql`select distinct x.location_id as id from service_location x join service s on s.id = x.service_id
            where s.network_id = ${network}`,
  );
  return new Set(rows.map(({ id }) => id));
}
