import type { EntityManager } from '@mikro-orm/postgresql';
import { saidWhole } from '../opening-hours/opening-hours-input.rules.js';
import { lockPartner } from '../partner/partner.actions.js';
import { isOut } from '../partner/partner.rules.js';
import { lockRecords } from '../record/record.query.js';
import { wantedOfService } from '../service/service-edit.actions.js';
import { SERVICE_RECORD } from '../service/service-record.rules.js';
import type { Context } from '../shared/context.js';
import { Refusal, UserErrorCode } from '../shared/errors.js';
import { isId } from '../shared/id.js';
import { undone } from '../shared/undone.js';
import { kept, type RowResult } from './row-results.actions.js';
import { writeServiceRows } from './service-rows.actions.js';
import type { ServiceEditInput } from './service-table.inputs.js';
import { fieldOf, MOST_ROWS, RowOutcome, underHeading, wantedRow } from './service-table.rules.js';
import { readCsvText } from './service-table-csv.js';
import { tableNames } from './service-table-names.query.js';

/** Edits many services, each as by `updateService`, with a result for each. */
export function updateServices(ctx: Context, edits: readonly ServiceEditInput[]): Promise<RowResult[]> {
  return kept(ctx, tx =>
    writeServiceRows(
      ctx,
      tx,
      edits.map(({ id, input, expectedVersion, confirm }, i) => ({
        row: i,
        id,
        expectedVersion: expectedVersion ?? null,
        wanted: stored => wantedOfService(input, stored),
        whole: wanted => saidWhole(input, wanted),
        confirm: confirm ?? [],
      })),
      null,
    ),
  );
}

/**
 * Stores a table of services of one partner: rows with an id are edits, rows without are new ones; services and columns
 * that are not in it stay as they are. NOT_FOUND, INVALID_INPUT for what is no table; a result for each row.
 *
 * @param dryRun tells what would become of each, and leaves all as it is
 */
export function importServices(ctx: Context, partnerId: string, csv: string, dryRun: boolean): Promise<RowResult[]> {
  return kept(ctx, async tx => {
    const { columns, rows, unread } = await readCsvText(csv);
    // As edits do: services before their partner, or two would wait for each other.
    await lockRecords(
      tx,
      SERVICE_RECORD,
      rows.flatMap(({ values }) => idsIn(values)),
    );
    const { id: partner, network, document } = await lockPartner(ctx, tx, partnerId, 'partner');
    if (isOut(document.status))
      throw new Refusal(UserErrorCode.INVALID_INPUT, 'Dieser Partner ist nicht mehr dabei.', ['partner']);
    checkColumns(columns);
    if (rows.length > MOST_ROWS)
      throw new Refusal(UserErrorCode.INVALID_INPUT, `Möglich sind höchstens ${MOST_ROWS} Zeilen auf einmal.`, ['csv']);
    const names = await tableNames(tx, partner);
    const wishes = rows.map(({ row, values }) => {
      const { version, wanted, ...said } = wantedRow(values, names);
      return { ...said, row, expectedVersion: version, wanted: () => wanted };
    });
    const store = (inner: EntityManager) => writeServiceRows(ctx, inner, wishes, { partner, network });
    const results = dryRun ? await undone(tx, store) : await store(tx);
    return [...results.map(underHeadings), ...unread.map(unreadRow)].sort((a, b) => a.row - b.row);
  });
}

const idsIn = (values: Readonly<Record<string, string>>): string[] =>
  Object.entries(values).flatMap(([heading, cell]) => {
    const id = cell.trim().toLowerCase();
    return fieldOf(heading) === 'id' && isId(id) ? [id] : [];
  });

function checkColumns(columns: readonly string[]): void {
  const fields = columns.map(fieldOf);
  const strange = columns.filter((column, i) => fields[i] === undefined && column.trim() !== '');
  if (strange.length > 0)
    throw new Refusal(
      UserErrorCode.INVALID_INPUT,
      `Diese Spalten sind nicht bekannt: ${strange.slice(0, 10).join(', ').slice(0, 200)}.`,
      ['csv'],
    );
  const twice = fields.find((field, i) => field !== undefined && fields.indexOf(field) < i);
  if (twice !== undefined)
    throw new Refusal(
      UserErrorCode.INVALID_INPUT,
      `Zwei Spalten bedeuten dasselbe: ${columns[fields.lastIndexOf(twice)]}.`,
      ['csv'],
    );
  if (!fields.includes('id') && !fields.includes('name'))
    throw new Refusal(UserErrorCode.INVALID_INPUT, 'Die Tabelle braucht eine Spalte „Kennung“ oder „Name“.', ['csv']);
}

/** Who reads a table finds a fault by the heading of its column. */
const underHeadings = (result: RowResult): RowResult => ({
  ...result,
  userErrors: result.userErrors.map(error => ({ ...error, message: underHeading(error) })),
});

const unreadRow = ({ row, message }: { row: number; message: string }): RowResult => ({
  row,
  outcome: RowOutcome.REFUSED,
  id: null,
  name: null,
  changes: {},
  userErrors: [{ code: UserErrorCode.INVALID_INPUT, message, path: [] }],
});
