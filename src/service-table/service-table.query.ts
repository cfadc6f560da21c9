import { findPartner } from '../partner/partner.query.js';
import { documentOf } from '../record/record.query.js';
import type { RecordDocument } from '../record/record.rules.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import type { Context } from '../shared/context.js';
import { isId } from '../shared/id.js';
import { rowsOf, sql } from '../shared/sql.js';
import { reportedPlaces, showsPlaces } from './place-columns.query.js';
import { placeCells } from './place-columns.rules.js';
import { type CsvDelimiter, tableHeader, tableRow } from './service-table.rules.js';
import { csvText } from './service-table-csv.js';
import { tableNames } from './service-table-names.query.js';

/** The services of a partner that are not closed, as a table by name; null where there is none such for the viewer. */
export async function serviceTable(ctx: Context, partner: string, delimiter: CsvDelimiter): Promise<string | null> {
  const found = isId(partner) ? await findPartner(ctx, partner) : null;
  if (!found) return null;
  const services = await rowsOf<{ id: string; version: number; document: RecordDocument }>(
    ctx.em,
    sql`select t.id, t.version, ${documentOf(SERVICE_RECORD)} as document from service t
        where t.partner_id = ${found.id} and t.status <> 'CLOSED' order by t.name, t.id`,
  );
  const names = await tableNames(ctx.em, found.id);
  const withPlaces = showsPlaces(ctx.viewer, { partner: found.id, network: found.network.id });
  const ids = services.map(({ id }) => id);
  const places = withPlaces ? await reportedPlaces(ctx.em, ctx.viewer, ids) : null;
  return csvText(
    tableHeader(withPlaces),
    services.map(({ id, version, document }) => [
      ...tableRow(id, version, document, names),
      ...(places ? placeCells(places.get(id) ?? null) : []),
    ]),
    delimiter,
  );
}
