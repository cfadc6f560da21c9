import { type FindingCode, finding, type Severity } from '../file/finding.rules.js';
import type { FindingReport } from '../file/report.js';
import { HSDS_TABLES, type HsdsTable } from './hsds-columns.rules.js';
import { type Content, contentId, contentOf } from './hsds-id.rules.js';
import { HSDS_PROFILE, KIND_OF_LINK } from './hsds-profile.rules.js';
import type { Checked, CheckedRow, HsdsRow } from './hsds-row.rules.js';

/** How a row stood in its source. */
export interface Standing {
  /** The id that it brought, if any. */
  given: string;
  /** ROW of a table; RECORD of its own in JSON; NESTED in another record. */
  as: 'ROW' | 'RECORD' | 'NESTED';
  path: string;
  made: boolean;
}

/**
 * What only the whole set can tell: rows of one id, references that point nowhere, rows of one name. Keeps the id of
 * every row with a digest of its content, one entry per name, and the references whose target has not come yet.
 */
export class HsdsSet {
  private readonly ids = new Map<HsdsTable, Map<string, number>>();
  private readonly names = new Map<HsdsTable, Map<string, number>>();
  private readonly waiting: { table: HsdsTable | null; id: string; file: string; row: number; column: string }[] = [];
  private readonly complete = new Set<HsdsTable>();
  private readonly foreign = new Set<string>();

  constructor(private readonly report: FindingReport) {}

  /** The id, and the row with it; null where it came before and has nothing to add. Tells what was found in new rows. */
  take({ row: checked, findings }: Checked, standing: Standing): { id: string; row: HsdsRow | null } {
    const ids = this.idsOf(checked.table);
    const content = contentOf(checked);
    const id = standing.given || this.newId(checked, content);
    const row: HsdsRow = { ...checked, id, dangling: [], again: false };
    const entry = ids.get(id);
    const before = entry === undefined ? null : unpacked(entry);
    // The same again has been told of already.
    if (before?.said !== content.said) for (const one of findings) this.report.add(one);
    if (before) {
      if (!this.mayAdd(row, standing, before, content)) return { id, row: null };
      row.again = true;
    } else {
      ids.set(id, packed({ ...content, nested: standing.as === 'NESTED' }));
      this.judgeId(row, standing);
      this.countName(row);
    }
    this.follow(row, standing.path);
    return { id, row };
  }

  /** All rows of a table have come: what refers to others of it points nowhere. */
  close(table: HsdsTable): void {
    this.complete.add(table);
  }

  /** Everything has come. */
  end(): void {
    for (const { table, id, ...place } of this.waiting)
      if (!this.isKnown(table, id)) this.report.add(finding(place, 'DANGLING_REFERENCE', id));
    this.waiting.length = 0;
    for (const [table, names] of this.names)
      for (const [name, count] of names)
        if (count > 1) this.report.add(finding({ file: table, column: 'name' }, 'SAME_NAME', `${name} × ${count}`));
  }

  private newId(checked: CheckedRow, { said }: Content): string {
    const ids = this.idsOf(checked.table);
    let id = contentId(checked);
    // Different rows of one natural key are told apart by their order.
    const isTaken = () => ids.has(id) && unpacked(ids.get(id)!).said !== said;
    for (let count = 1; isTaken(); count++) id = contentId(checked, count);
    return id;
  }

  /** 3.x wants UUIDs; older versions counted, which is told once per file. */
  private judgeId(row: HsdsRow, { path, given, made }: Standing): void {
    if (!given && !made) this.tell(row, `${path}id`, 'MISSING_ID', row.id);
    if (!given || UUID.test(given) || this.foreign.has(row.file)) return;
    this.foreign.add(row.file);
    this.tell(row, `${path}id`, 'BAD_FORMAT', given, 'NOTICE');
  }

  private mayAdd(row: HsdsRow, { as, path }: Standing, before: Entry, content: Content): boolean {
    const same = before.said === content.said && (as !== 'ROW' || before.referred === content.referred);
    const tell = (code: FindingCode, severity?: Severity) => this.tell(row, `${path}id`, code, row.id, severity);
    if (as === 'ROW') tell(same ? 'REPEATED' : 'DUPLICATE_ID');
    else if (as === 'RECORD' && !before.nested) tell(same ? 'REPEATED' : 'DUPLICATE_ID', 'WARNING');
    else if (!same && as === 'NESTED') tell('REPEATED', 'NOTICE');
    return as !== 'ROW' && (!same || (content.referred !== 0 && content.referred !== before.referred));
  }

  private countName({ table, values }: HsdsRow): void {
    if (typeof values.name !== 'string' || !NAMED.includes(table)) return;
    const names = this.names.get(table) ?? new Map<string, number>();
    this.names.set(table, names);
    names.set(values.name, (names.get(values.name) ?? 0) + 1);
  }

  private follow(row: HsdsRow, path: string): void {
    for (const name in row.values) {
      const column = columnOf(row.table, name);
      if (column?.type !== 'reference') continue;
      const table = column.to ?? tableOfKind(row);
      const id = String(row.values[name]);
      if (this.isKnown(table, id)) continue;
      const place = { file: row.file, row: row.row, column: path + name };
      if (!table || !this.complete.has(table)) this.waiting.push({ table, id, ...place });
      else {
        row.dangling.push(name);
        this.report.add(finding(place, 'DANGLING_REFERENCE', id));
      }
    }
    const link = KIND_OF_LINK[row.table];
    if (link && row.values[link.kind] !== undefined && !tableOfKind(row))
      this.tell(row, path + link.kind, 'UNKNOWN_VALUE', row.values[link.kind]);
  }

  private isKnown(table: HsdsTable | null, id: string): boolean {
    if (table) return this.ids.get(table)?.has(id) ?? false;
    return HSDS_TABLES.some(one => this.ids.get(one)?.has(id));
  }

  private idsOf(table: HsdsTable): Map<string, number> {
    const ids = this.ids.get(table) ?? new Map<string, number>();
    this.ids.set(table, ids);
    return ids;
  }

  private tell(row: CheckedRow, column: string, code: FindingCode, value: unknown, severity?: Severity): void {
    this.report.add(finding({ file: row.file, row: row.row, column }, code, value, severity));
  }
}

/** What is kept of a row. */
interface Entry extends Content {
  nested: boolean;
}

/** In one number: there are as many as rows. */
const packed = ({ said, referred, nested }: Entry): number => (said * 2 ** 25 + referred) * 2 + (nested ? 1 : 0);

const unpacked = (entry: number): Entry => ({
  nested: entry % 2 === 1,
  referred: Math.floor(entry / 2) % 2 ** 25,
  said: Math.floor(entry / 2 ** 26),
});

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Where people would confuse rows of one name. */
const NAMED: readonly HsdsTable[] = ['organizations', 'services'];

const columnOf = (table: HsdsTable, name: string) => HSDS_PROFILE[table].columns[name];

const KINDS = new Map<string, HsdsTable>(
  HSDS_TABLES.flatMap(table => [
    [table, table],
    [HSDS_PROFILE[table].one, table],
  ]),
);

/** The table of `link_id` and `resource_id`, by the word beside them; null where it is no such word. */
const tableOfKind = ({ table, values }: HsdsRow): HsdsTable | null =>
  KINDS.get(String(values[KIND_OF_LINK[table]?.kind ?? ''] ?? '').toLowerCase()) ?? null;
