import { type Finding, finding } from '../file/finding.rules.js';
import { HSDS_TABLES, type HsdsTable } from './hsds-columns.rules.js';
import type { ColumnNames } from './hsds-columns-of.js';
import { modernised, rowsOfLists } from './hsds-old.rules.js';
import { HSDS_PROFILE, KIND_OF_LINK } from './hsds-profile.rules.js';
import { checkRow, type HsdsRow, type Json, type RawRow } from './hsds-row.rules.js';
import type { HsdsSet } from './hsds-set.js';

interface Place {
  file: string;
  row: number;
}

type JsonRecord = Readonly<Record<string, Json>>;

/**
 * The rows of a record in which others are nested. A row that stands in several places of it (a telephone of service,
 * place and contact) becomes one, with all its references. In the order of the tables: what is referred to comes first.
 */
export function flattened(
  record: JsonRecord,
  table: HsdsTable,
  place: Place,
  { set, names }: { set: HsdsSet; names: ColumnNames },
): HsdsRow[] {
  const rows = new Map<string, HsdsRow>();

  function keep(row: HsdsRow): void {
    const key = `${row.table} ${row.id}`;
    const known = rows.get(key);
    if (!known) rows.set(key, row);
    else {
      known.values = { ...row.values, ...known.values };
      known.unknown = { ...row.unknown, ...known.unknown };
      known.original = { ...row.original, ...known.original };
    }
  }

  function settle(raw: RawRow, as: 'RECORD' | 'NESTED', told: readonly Finding[] = []): string {
    const given = raw.cells.id;
    const { row: checked, findings } = checkRow(raw);
    const { id, row } = set.take(
      { row: checked, findings: [...findings, ...told] },
      {
        given: typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '',
        as,
        path: raw.path,
        made: raw.made ?? false,
      },
    );
    if (row) keep(row);
    return id;
  }

  /** Answers the row's id. `parent` is the row in whose list it stands. */
  function take(
    one: JsonRecord,
    of: HsdsTable,
    path: string,
    parent: { column: string; id: string; table: HsdsTable } | null,
  ): string {
    const { objects, lists } = HSDS_PROFILE[of];
    const keys = new Set(Object.keys(one));
    const cells: Record<string, Json> = {};
    const unknown: Record<string, Json> = {};
    const nested: [string, JsonRecord[]][] = [];
    for (const key in objects) {
      const value = one[key];
      const { table: other, column } = objects[key]!;
      // A service tells its organisation; the programme that it belongs to is of the same one.
      const given = cells.organization_id ?? one.organization_id;
      const above = parent?.table === 'organizations' ? parent.id : null;
      const known = other === 'programs' && (given ?? above);
      if (value !== undefined && isRecord(value))
        cells[column] = take(known ? { organization_id: known, ...value } : value, other, `${path}${key}.`, null);
    }
    for (const [key, value] of Object.entries(one)) {
      if (objects[key] && isRecord(value)) continue;
      if (lists[key] && Array.isArray(value) && value.every(isRecord)) nested.push([key, value]);
      else if (value !== null) {
        const column = names.of(of, key, keys, path);
        if (!column) unknown[key] = value;
        else if (cells[column] === undefined || !isScalar(cells[column])) cells[column] = value;
      }
    }
    const told = parent ? refer(of, cells, unknown, parent, path) : [];
    modernised(of, cells, unknown);
    const raw: RawRow = { table: of, ...place, path, cells, unknown };
    const id = settle(raw, path === '' ? 'RECORD' : 'NESTED', told);
    for (const made of rowsOfLists(raw, id)) settle(made, 'NESTED');
    for (const [key, values] of nested)
      for (const value of values)
        take(value, lists[key]!.table, `${path}${key}.`, { column: lists[key]!.column, id, table: of });
    return id;
  }

  /** A nested row belongs to the one that it stands in, whatever else it says. */
  function refer(
    of: HsdsTable,
    cells: Record<string, Json>,
    unknown: Record<string, Json>,
    parent: { column: string; id: string; table: HsdsTable },
    path: string,
  ): Finding[] {
    const told: Finding[] = [];
    const own: [string, string][] = [[parent.column, parent.id]];
    const link = KIND_OF_LINK[of];
    if (link) own.push([link.kind, HSDS_PROFILE[parent.table].one]);
    for (const [column, value] of own) {
      const said = cells[column];
      cells[column] = value;
      if (said === undefined || said === value) continue;
      unknown[column] = said;
      told.push(finding({ ...place, column: path + column }, 'OUT_OF_RANGE', said, 'WARNING'));
    }
    return told;
  }

  take(record, table, '', null);
  return [...rows.values()].sort((a, b) => HSDS_TABLES.indexOf(a.table) - HSDS_TABLES.indexOf(b.table));
}

export const isRecord = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isScalar = (value: Json | undefined): boolean => typeof value !== 'object';

/** The table whose columns and lists a record has most of; `hint` where it has half of its own fields there. */
export function tableOfRecord(record: JsonRecord, hint: HsdsTable | null): HsdsTable | null {
  const keys = Object.keys(record).filter(key => key !== 'id');
  const known = (table: HsdsTable) => {
    const { columns, lists, objects } = HSDS_PROFILE[table];
    return keys.filter(key => columns[key] || lists[key] || objects[key]).length;
  };
  if (hint && known(hint) * 2 >= keys.length) return hint;
  const [best] = HSDS_TABLES.map(table => ({ table, known: known(table) })).sort((a, b) => b.known - a.known);
  return best!.known >= 2 && best!.known * 2 >= keys.length ? best!.table : null;
}
