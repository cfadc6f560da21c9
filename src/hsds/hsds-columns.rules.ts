/** The tables of the Human Services Data Specification 3.0 and 3.1, by the names of their files. */
export const HSDS_TABLES = [
  // In the order in which they refer to each other: what is referred to comes first.
  'taxonomies',
  'taxonomy_terms',
  'organizations',
  'programs',
  'services',
  'locations',
  'service_at_location',
  'units',
  'service_capacity',
  'contacts',
  'phones',
  'addresses',
  'schedules',
  'funding',
  'service_areas',
  'required_documents',
  'languages',
  'accessibility',
  'cost_options',
  'organization_identifiers',
  'url',
  'attributes',
  'metadata',
  'meta_table_descriptions',
] as const;
export type HsdsTable = (typeof HSDS_TABLES)[number];

/** How a value is written. `days`, `weeks`, … are lists with commas, as in a recurrence rule. */
export type HsdsType =
  | 'text'
  | 'reference'
  | 'number'
  | 'integer'
  | 'year'
  | 'date'
  | 'datetime'
  | 'time'
  | 'zone'
  | 'url'
  | 'email'
  | 'phone'
  | 'currency'
  | 'country'
  | 'choice'
  | 'days'
  | 'numbers';

export interface HsdsColumn {
  type: HsdsType;
  /** KEY: without it the row means nothing. ASKED: the specification asks for it, the row is usable without. */
  required?: 'KEY' | 'ASKED';
  /** Taken where an ASKED value is missing. */
  fallback?: string;
  /** The table to which a reference points. */
  to?: HsdsTable;
  choices?: readonly string[];
  min?: number;
  max?: number;
  /** Came with 3.1; all others are in 3.0 too. */
  since?: '3.1';
}

export interface HsdsTableProfile {
  /** In the order in which they are written; `id` is in every table and not named here. */
  columns: Readonly<Record<string, HsdsColumn>>;
  /** What tells a row from the others where it has no id; all columns where this is left out. */
  key?: readonly string[];
  /** The word for one row, in `link_entity` and `resource_type`. */
  one: string;
  /** In JSON: lists of rows of another table, which refer back by this column. */
  lists: Readonly<Record<string, { table: HsdsTable; column: string }>>;
  /** In JSON: an object in place of a reference. */
  objects: Readonly<Record<string, { table: HsdsTable; column: string }>>;
  since?: '3.1';
}

export const text = (more: Partial<HsdsColumn> = {}): HsdsColumn => ({ type: 'text', ...more });
export const of = (type: HsdsType, more: Partial<HsdsColumn> = {}): HsdsColumn => ({ type, ...more });
export const to = (table: HsdsTable, more: Partial<HsdsColumn> = {}): HsdsColumn => ({
  type: 'reference',
  to: table,
  ...more,
});
export const choice = (choices: readonly string[], more: Partial<HsdsColumn> = {}): HsdsColumn => ({
  type: 'choice',
  choices,
  ...more,
});

export const KEY = { required: 'KEY' } as const;
export const ASKED = { required: 'ASKED' } as const;
export const NEW = { since: '3.1' } as const;
