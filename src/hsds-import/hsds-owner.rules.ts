/** A row of a table of the Human Services Data Specification, as the reader hands it over. */
export interface SourceRowValues {
  readonly table: string;
  readonly id: string;
  /** Where it stands, for findings. */
  readonly file: string;
  readonly row: number | null;
  readonly values: Readonly<Record<string, unknown>>;
  /** What the specification has no column for, and what stood where a value could not be read. */
  readonly unknown?: Readonly<Record<string, unknown>>;
  readonly original?: Readonly<Record<string, unknown>>;
  /** A row of this key came before: this one adds what it left open. */
  readonly again?: boolean;
}

/** The member of a staged row that holds these two: no column is called so. */
export const KEPT = '#';

/** What records are made of: whatever else there is belongs to one of these, or to none. */
export const ROOTS = ['organizations', 'locations', 'services'] as const;
export type Root = (typeof ROOTS)[number];

export const keyOf = (table: string, id: string): string => `${table}:${id}`;

/** The table and the id of a key. */
export function partsOf(key: string): readonly [table: string, id: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** The columns of a row that may tell to what it belongs, with the table that each points to; the nearest first. */
const OWNERS: Readonly<Record<string, readonly (readonly [column: string, table: string])[]>> = {
  programs: [['organization_id', 'organizations']],
  service_at_location: [
    ['service_id', 'services'],
    ['location_id', 'locations'],
  ],
  addresses: [['location_id', 'locations']],
  phones: [
    ['service_id', 'services'],
    ['location_id', 'locations'],
    ['organization_id', 'organizations'],
    ['contact_id', 'contacts'],
    ['service_at_location_id', 'service_at_location'],
  ],
  contacts: [
    ['service_id', 'services'],
    ['location_id', 'locations'],
    ['organization_id', 'organizations'],
    ['service_at_location_id', 'service_at_location'],
  ],
  schedules: [
    ['service_id', 'services'],
    ['location_id', 'locations'],
    ['service_at_location_id', 'service_at_location'],
  ],
  funding: [
    ['service_id', 'services'],
    ['organization_id', 'organizations'],
  ],
  service_areas: [
    ['service_id', 'services'],
    ['service_at_location_id', 'service_at_location'],
    ['location_id', 'locations'],
  ],
  required_documents: [['service_id', 'services']],
  languages: [
    ['service_id', 'services'],
    ['location_id', 'locations'],
    ['phone_id', 'phones'],
  ],
  accessibility: [['location_id', 'locations']],
  cost_options: [['service_id', 'services']],
  organization_identifiers: [['organization_id', 'organizations']],
  service_capacity: [['service_id', 'services']],
  url: [
    ['service_id', 'services'],
    ['organization_id', 'organizations'],
  ],
};

/** Names of a table in `link_entity` and `resource_type`. */
const ENTITIES: Readonly<Record<string, string>> = {
  organization: 'organizations',
  program: 'programs',
  service: 'services',
  location: 'locations',
  service_at_location: 'service_at_location',
  address: 'addresses',
  phone: 'phones',
  contact: 'contacts',
  schedule: 'schedules',
  service_area: 'service_areas',
  language: 'languages',
  accessibility: 'accessibility',
  cost_option: 'cost_options',
  required_document: 'required_documents',
};

/** Keys of what a row may belong to, the nearest first; a root is its own. */
export function ownersOf({ table, id, values }: SourceRowValues): string[] {
  if ((ROOTS as readonly string[]).includes(table)) return [keyOf(table, id)];
  const linked =
    table === 'attributes'
      ? linkedBy(values.link_entity, values.link_id)
      : table === 'metadata'
        ? linkedBy(values.resource_type, values.resource_id)
        : [];
  const owners = (OWNERS[table] ?? []).flatMap(([column, owner]) =>
    typeof values[column] === 'string' && values[column] ? [keyOf(owner, values[column])] : [],
  );
  return [...linked, ...owners];
}

function linkedBy(entity: unknown, id: unknown): string[] {
  if (typeof entity !== 'string' || typeof id !== 'string' || !id) return [];
  const table = ENTITIES[entity.toLowerCase()] ?? entity.toLowerCase();
  return [keyOf(table, id)];
}
