import type { HsdsTable } from './hsds-columns.rules.js';
import { HSDS_TABLES } from './hsds-columns.rules.js';
import { HSDS_PROFILE } from './hsds-profile.rules.js';
import type { Json, RawRow } from './hsds-row.rules.js';
import { readFlag } from './hsds-values.rules.js';

/** Where the rows of a file belong. */
export interface TableName {
  table: HsdsTable;
  /** Whether it is called otherwise today. */
  old: boolean;
  /** What the old table's name said of each of its rows. */
  set?: Readonly<Record<string, string>>;
}

/** `taxonomy.csv` was the table of the terms, before there were taxonomies. */
export const csvNamed = (stem: string): TableName | null =>
  stem === 'taxonomy' ? { table: 'taxonomy_terms', old: true } : tableNamed(stem);

/** Names of 1.0 to 2.0 and of the Ohana API that became other tables. */
const OLD_TABLES: Readonly<Record<string, Omit<TableName, 'old'>>> = {
  services_at_location: { table: 'service_at_location' },
  services_at_locations: { table: 'service_at_location' },
  physical_address: { table: 'addresses', set: { address_type: 'physical' } },
  physical_addresses: { table: 'addresses', set: { address_type: 'physical' } },
  postal_address: { table: 'addresses', set: { address_type: 'postal' } },
  postal_addresses: { table: 'addresses', set: { address_type: 'postal' } },
  mail_addresses: { table: 'addresses', set: { address_type: 'postal' } },
  regular_schedule: { table: 'schedules', set: { freq: 'WEEKLY' } },
  regular_schedules: { table: 'schedules', set: { freq: 'WEEKLY' } },
  holiday_schedule: { table: 'schedules' },
  holiday_schedules: { table: 'schedules' },
  hours: { table: 'schedules', set: { freq: 'WEEKLY' } },
  accessibility_for_disabilities: { table: 'accessibility' },
  service_taxonomy: { table: 'attributes', set: { link_entity: 'service' } },
  services_taxonomy: { table: 'attributes', set: { link_entity: 'service' } },
  service_attribute: { table: 'attributes', set: { link_entity: 'service' } },
  service_attributes: { table: 'attributes', set: { link_entity: 'service' } },
  other_attribute: { table: 'attributes' },
  other_attributes: { table: 'attributes' },
  payment_accepted: { table: 'cost_options' },
  payments_accepted: { table: 'cost_options' },
  service_capacities: { table: 'service_capacity' },
  urls: { table: 'url' },
};

/** Old tables whose rows are said in a column of another row today: `column` of the row that `of` refers to. */
export const FOLDED: Readonly<Record<string, { of: string; from: string; into: HsdsTable; column: string }>> = {
  eligibility: { of: 'service_id', from: 'eligibility', into: 'services', column: 'eligibility_description' },
  eligibilities: { of: 'service_id', from: 'eligibility', into: 'services', column: 'eligibility_description' },
};

/**
 * The table of a file by its name (`services`, `service`, `regular_schedules`), null where it is none.
 */
export function tableNamed(stem: string): TableName | null {
  const table = HSDS_TABLES.find(one => one === stem) ?? HSDS_TABLES.find(one => HSDS_PROFILE[one].one === stem);
  if (table) return { table, old: false };
  const old = OLD_TABLES[stem] ?? (stem.endsWith('s') && OLD_TABLES[stem.slice(0, -1)]);
  return old ? { ...old, old: true } : null;
}

/** Columns that have another name today, by table. They yield to the present one where both are there. */
const OLD_COLUMNS: Readonly<Partial<Record<HsdsTable, Readonly<Record<string, string>>>>> = {
  organizations: { url: 'website', date_incorporated: 'year_incorporated' },
  services: {
    website: 'url',
    eligibility: 'eligibility_description',
    audience: 'eligibility_description',
    fees: 'fees_description',
  },
  locations: { website: 'url', lat: 'latitude', lng: 'longitude', virtual: 'location_type' },
  phones: { number_type: 'type' },
  addresses: {
    street: 'address_1',
    street_1: 'address_1',
    street_2: 'address_2',
    state: 'state_province',
    zip: 'postal_code',
  },
  languages: { language: 'name' },
  accessibility: { accessibility: 'description' },
  service_areas: { service_area: 'name' },
  taxonomy_terms: { vocabulary: 'taxonomy' },
  attributes: { taxonomy_id: 'taxonomy_term_id', service_id: 'link_id' },
  schedules: { weekday: 'byday', start_date: 'valid_from', end_date: 'valid_to' },
  cost_options: { payment: 'amount_description' },
  url: { title: 'label' },
};

/** The present name of a column, given the others of its row; itself where it has not changed. */
export function columnNamed(table: HsdsTable, name: string, others: { has(name: string): boolean }): string {
  if (table === 'taxonomy_terms' && name === 'taxonomy_id' && !others.has('id')) return 'id';
  const now = OLD_COLUMNS[table]?.[name];
  if (!now || others.has(now)) return name;
  // Of two old names for one column the first of the list is it.
  const rival = Object.entries(OLD_COLUMNS[table]!).find(([old, to]) => to === now && others.has(old))![0];
  return rival === name ? now : name;
}

/** Cells that held lists, which are rows of other tables today. */
const LISTS: Readonly<Partial<Record<HsdsTable, Readonly<Record<string, List>>>>> = {
  organizations: { funding_sources: { table: 'funding', column: 'source', back: 'organization_id' } },
  services: {
    accepted_payments: { table: 'cost_options', column: 'amount_description', back: 'service_id' },
    funding_sources: { table: 'funding', column: 'source', back: 'service_id' },
    languages: { table: 'languages', column: 'name', back: 'service_id' },
    required_documents: { table: 'required_documents', column: 'document', back: 'service_id' },
    service_areas: { table: 'service_areas', column: 'name', back: 'service_id' },
    taxonomy_ids: { table: 'attributes', column: 'taxonomy_term_id', back: 'link_id', set: { link_entity: 'service' } },
    location_id: { table: 'service_at_location', column: 'location_id', back: 'service_id' },
  },
  locations: {
    accessibility: { table: 'accessibility', column: 'description', back: 'location_id' },
    languages: { table: 'languages', column: 'name', back: 'location_id' },
  },
  phones: { language: { table: 'languages', column: 'name', back: 'phone_id' } },
};

interface List {
  table: HsdsTable;
  column: string;
  back: string;
  set?: Readonly<Record<string, string>>;
}

/** Whether a column is no longer one of this table, but known what became of it. */
export const isOldList = (table: HsdsTable, name: string): boolean => LISTS[table]?.[name] !== undefined;

/** The rows that cells with lists have become. They stay in `unknown` of the row too, as they were. */
export function rowsOfLists(raw: RawRow, id: string): RawRow[] {
  return Object.entries(LISTS[raw.table] ?? {}).flatMap(([name, { table, column, back, set }]) => {
    const cell = raw.unknown[name];
    if (typeof cell !== 'string' && typeof cell !== 'number') return [];
    const parts = String(cell)
      .split(',')
      .map(part => part.trim());
    return parts
      .filter(part => part !== '')
      .map(part => ({
        ...raw,
        table,
        path: `${raw.path}${name}.`,
        cells: { ...set, [back]: id, [column]: part },
        unknown: {},
        made: true,
      }));
  });
}

/** What old cells mean in the row they stand in: flags, prefixes, weekdays of numbers. */
export function modernised(table: HsdsTable, cells: Record<string, Json>, unknown: Record<string, Json>): void {
  if (table === 'locations') {
    const virtual = typeof cells.location_type === 'boolean' ? String(cells.location_type) : cells.location_type;
    const flag = typeof virtual === 'string' && virtual.trim() !== '' ? readFlag(virtual) : null;
    if (flag !== null) cells.location_type = flag ? 'virtual' : 'physical';
  }
  if (table === 'phones' && typeof unknown.country_prefix === 'string' && unknown.country_prefix.trim() !== '') {
    const prefix = unknown.country_prefix.trim().replace(/^(?!\+)/, '+');
    if (typeof cells.number === 'string' && !cells.number.startsWith('+')) cells.number = `${prefix} ${cells.number}`;
  }
  if (table === 'schedules') {
    const day = ISO_DAYS[String(cells.byday ?? '').trim()];
    if (day) cells.byday = day;
    if (typeof unknown.closed === 'string' && readFlag(unknown.closed) && !cells.notes) cells.notes = 'closed';
  }
}

/** 1.1 counted weekdays, Monday being 1. */
const ISO_DAYS: Readonly<Record<string, string>> = { 1: 'MO', 2: 'TU', 3: 'WE', 4: 'TH', 5: 'FR', 6: 'SA', 7: 'SU' };
