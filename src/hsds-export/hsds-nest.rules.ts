import type { HsdsColumn, HsdsTable } from '../hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../hsds/hsds-profile.rules.js';
import type { OutRow } from './hsds-out.rules.js';

/** A row as a JSON object, with what belongs to it inside. */
export type HsdsObject = { readonly [name: string]: unknown };

export interface NestWish {
  /** With the lists of what belongs to a row; else only what it has one of. */
  readonly lists: boolean;
  /** Only columns of the specification, and addresses that are those of web pages: for pages that show it to people. */
  readonly strict: boolean;
  /** Tables that are left out. */
  readonly without?: ReadonlySet<string>;
}

/** Rows of several records, found by what they belong to. Of two with one id, the first counts. */
export class RowSet {
  private readonly rows = new Map<string, OutRow>();
  private readonly byColumn = new Map<string, Map<string, OutRow[]>>();

  add(rows: Iterable<OutRow>): void {
    for (const row of rows) {
      const key = `${row.table}:${row.id}`;
      if (!this.rows.has(key)) this.rows.set(key, row);
    }
    this.byColumn.clear();
  }

  get(table: string, id: unknown): OutRow | undefined {
    return this.rows.get(`${table}:${String(id)}`);
  }

  all(table: string): OutRow[] {
    return [...this.rows.values()].filter(row => row.table === table);
  }

  /** The rows of a table that name this id in a column, in the order in which they came. */
  that(table: string, column: string, id: string): readonly OutRow[] {
    const name = `${table}.${column}`;
    let index = this.byColumn.get(name);
    if (!index) {
      const named = this.all(table).filter(row => row.values[column]);
      index = Map.groupBy(named, row => String(row.values[column]));
      this.byColumn.set(name, index);
    }
    return index.get(id) ?? [];
  }
}

/** Within another thing an organisation is told with what describes it, not with all that it does. */
const NOT_WITHIN: ReadonlySet<string> = new Set(['services', 'locations', 'programs']);

/**
 * A row with what belongs to it, as the specification nests it: one thing in place of a reference, lists of what refers
 * back. Nothing stands within itself. What is empty is left out.
 *
 * @param above the tables in whose rows it stands, the outermost first
 */
export function nested(set: RowSet, row: OutRow, wish: NestWish, above: readonly string[] = []): HsdsObject {
  const { columns, objects, lists, one } = HSDS_PROFILE[row.table as HsdsTable];
  const result: Record<string, unknown> = { id: row.id };
  const path = [...above, row.table];
  const told = new Set<string>();
  for (const [name, { table, column }] of Object.entries(objects)) {
    const other = isOpen(table, path, wish) ? set.get(table, row.values[column] ?? '') : undefined;
    if (!other) continue;
    result[name] = nested(set, other, wish, path);
    told.add(column);
  }
  for (const [name, value] of Object.entries(row.values)) {
    if (name === 'id' || told.has(name)) continue;
    const said = wish.strict && !columns[name] ? undefined : jsonOf(value, columns[name], wish);
    if (said !== undefined) result[name] = said;
  }
  if (!wish.lists) return result;
  for (const [name, { table, column }] of Object.entries(lists)) {
    if (!isOpen(table, path, wish) || (above.length > 0 && row.table === 'organizations' && NOT_WITHIN.has(table)))
      continue;
    const members = set.that(table, column, row.id).filter(member => isOf(member, one));
    if (members.length > 0) result[name] = members.map(member => without(nested(set, member, wish, path), column));
  }
  return result;
}

const isOpen = (table: string, path: readonly string[], { without }: NestWish): boolean =>
  !path.includes(table) && !without?.has(table);

/** Terms and history name the table to which they belong beside the id, which is unique in its table only. */
function isOf({ table, values }: OutRow, one: string): boolean {
  const kind = table === 'attributes' ? values.link_entity : table === 'metadata' ? values.resource_type : null;
  return !kind || kind.toLowerCase() === one;
}

/** It stands within that, so it need not name it. */
function without({ ...rest }: Record<string, unknown>, column: string): HsdsObject {
  delete rest[column];
  return rest;
}

const NUMBERS: ReadonlySet<string> = new Set(['number', 'integer', 'year', 'zone']);

function jsonOf(value: unknown, column: HsdsColumn | undefined, { strict }: NestWish): unknown {
  if (value === null || value === undefined || value === '') return undefined;
  if (column && NUMBERS.has(column.type)) {
    const number = Number(value);
    return Number.isFinite(number) ? number : strict ? undefined : value;
  }
  if (strict && column?.type === 'url' && !/^https?:\/\/[^\s]+$/i.test(String(value))) return undefined;
  return strict && typeof value === 'object' ? undefined : value;
}
