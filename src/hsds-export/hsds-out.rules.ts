import { derivedId } from '../hsds-import/hsds-identity.rules.js';
import type { JsonValue, RecordDocument } from '../record/record.rules.js';

/** A value as a table holds it; null: nothing. Of what a source said in JSON, what it said. */
export type OutValue = string | null;
export type OutValues = Readonly<Record<string, OutValue>>;

/** A row of a table of the specification, on its way out. */
export interface OutRow {
  readonly table: string;
  readonly id: string;
  readonly values: OutValues;
}

/** What a writer knows besides the document. */
export interface Writing {
  /** The id under which the record goes out: its source's, or its own. */
  readonly id: string;
  /** Its own. */
  readonly record: string;
  readonly document: RecordDocument;
  /** Columns of the record's own row that are no field of it. */
  readonly about: { readonly always: OutValues; readonly changed: OutValues };
  /** Of a service, its places as everybody may see them; null where they are not counted. */
  readonly places: PlacesOut | null;
  /** Id under which another record goes out. */
  readonly idOf: (record: string) => string;
  /** The same of a partner; null where that is not published. */
  readonly publishedIdOf: (partner: string) => string | null;
  /** Name of a municipality, district or state by key. */
  readonly areaName: (key: string) => string;
}

/** Places of a service, as everybody may see them. */
export interface PlacesOut {
  readonly available: number;
  readonly maximum: number;
  /** When they were reported, as PostgreSQL writes it. */
  readonly at: string;
  /** `available` is rounded down. */
  readonly coarse: boolean;
}

/** How some fields of a record are told in the tables of the specification. */
export interface FieldWriter {
  readonly fields: readonly string[];
  /** Columns of the record's own row. */
  readonly columns?: (writing: Writing) => OutValues;
  /** @param kept rows of the source that stay */
  readonly rows?: (writing: Writing, kept: readonly OutRow[]) => OutRow[];
  /** Does a row of the source say what this writer says? Then it goes where the field was changed. */
  readonly replaces?: (row: OutRow, term: TermOf, writing: Writing) => boolean;
}

/** A taxonomy term of the source, by id. */
export type TermOf = (id: string | null | undefined) => OutTerm | undefined;

export interface OutTerm {
  readonly taxonomy: string;
  readonly code: string;
  readonly name: string;
  /** As what a term of another taxonomy was taken. */
  readonly means?: 'categories' | 'needs';
}

/** What a source said of a record: its own row and those that belong to it, in the order in which it said them. */
export interface Said {
  readonly root: OutRow;
  readonly rows: readonly OutRow[];
}

/**
 * The rows of a record, in the order of their tables' names; within a table by id, but where their order is told, in that.
 * What its source said goes out as it was said; only what was changed since is told by the hub.
 *
 * @param changed the fields that are not as the source said
 */
export function rowsOfRecord(
  table: string,
  writers: readonly FieldWriter[],
  writing: Writing,
  said: (Said & { readonly changed: ReadonlySet<string>; readonly term: TermOf }) | null,
): OutRow[] {
  const concerned = said ? writers.filter(({ fields }) => fields.some(field => said.changed.has(field))) : writers;
  const columns = concerned.map(writer => writer.columns?.(writing) ?? {});
  const { always, changed } = writing.about;
  const about = said === null ? { ...always, ...changed } : said.changed.size > 0 ? changed : {};
  const root = { table, id: writing.id, values: Object.assign({}, said?.root.values, about, ...columns) as OutValues };
  const kept = said
    ? said.rows.filter(row => !concerned.some(writer => writer.replaces?.(row, said.term, writing)))
    : [];
  const own = concerned.flatMap(writer => writer.rows?.(writing, kept) ?? []);
  return withoutStrays([root, ...kept, ...own]).sort(
    (a, b) => compare(a.table, b.table) || (IN_ORDER.has(a.table) ? 0 : compare(a.id, b.id)),
  );
}

/** Tables of which the order of a record's rows means something: whom to ask first, what is told first. */
const IN_ORDER: ReadonlySet<string> = new Set([
  'addresses',
  'contacts',
  'cost_options',
  'phones',
  'required_documents',
  'schedules',
]);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** What hung on a service's being at a place that it has left goes with that. */
function withoutStrays(rows: readonly OutRow[]): OutRow[] {
  const at = new Set(rows.filter(({ table }) => table === 'service_at_location').map(({ id }) => id));
  return rows.filter(
    ({ table, values: { service_at_location_id: id } }) => table === 'attributes' || !id || at.has(id),
  );
}

/** A row of a record, with an id that it has at every export: derived from the record's and what tells it apart. */
export const rowOf = ({ id }: Writing, table: string, apart: string | number, values: OutValues): OutRow => ({
  table,
  id: derivedId(id, table, String(apart)),
  values,
});

export const textOf = (value: JsonValue | undefined): OutValue =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

export const listOf = (value: JsonValue | undefined): readonly JsonValue[] =>
  Array.isArray(value) ? (value as readonly JsonValue[]) : [];

/** A field that is a column of the record's own row. */
export const column = (field: string, name: string): FieldWriter => ({
  fields: [field],
  columns: ({ document }) => ({ [name]: textOf(document[field]) }),
});

/** Does a row of the table say it, whatever it says? */
export const anyRowOf =
  (...tables: readonly string[]) =>
  ({ table }: OutRow): boolean =>
    tables.includes(table);
