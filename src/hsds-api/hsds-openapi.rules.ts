import { HSDS_TABLES, type HsdsColumn, type HsdsTable } from '../hsds/hsds-columns.rules.js';
import { HSDS_PROFILE } from '../hsds/hsds-profile.rules.js';
import { HSDS_LISTS, type HsdsList, LARGEST_PAGE, PARAMETERS, UNTOLD } from './hsds-api.rules.js';

type Schema = Readonly<Record<string, unknown>>;

/** Of which table the things of a list are. */
const TABLES: Readonly<Record<HsdsList, HsdsTable>> = {
  services: 'services',
  organizations: 'organizations',
  locations: 'locations',
  service_at_locations: 'service_at_location',
  taxonomies: 'taxonomies',
  taxonomy_terms: 'taxonomy_terms',
};

const FLAG = { type: 'boolean', default: false };
const ID = { type: 'string', maxLength: 255 };

const PARAMETER: Readonly<Record<string, { readonly description: string; readonly schema: Schema }>> = {
  page: { description: 'Which page, from 1.', schema: { type: 'integer', minimum: 1, default: 1 } },
  per_page: {
    description: 'Things on a page.',
    schema: { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: 50 },
  },
  format: { description: 'Only JSON is served.', schema: { type: 'string', enum: ['json'] } },
  network: { description: 'Slug of a network: only what it publishes.', schema: ID },
  search: { description: 'Words to look for.', schema: { type: 'string', maxLength: 200 } },
  taxonomy_term_id: { description: 'With this term.', schema: ID },
  taxonomy_id: { description: 'With, or among, the terms of this taxonomy.', schema: ID },
  parent_id: { description: 'Terms right below this one.', schema: ID },
  organization_id: { description: 'Of this organisation.', schema: ID },
  modified_after: {
    description: 'Changed later: a date, or a date and time; without an offset in UTC.',
    schema: { type: 'string' },
  },
  postcode: { description: 'At a place with this postal code.', schema: { type: 'string', pattern: '^\\d{5}$' } },
  minimal: { description: 'Only ids and when they were changed.', schema: FLAG },
  full: { description: 'With all that belongs to each.', schema: FLAG },
  top_only: { description: 'Only terms above which there is none.', schema: FLAG },
};

/** What this API is, in the form of OpenAPI 3.1; the server is the one that told it. */
export const openApi = (): object => ({
  openapi: '3.1.0',
  info: {
    title: 'Partnernetz: the published directory',
    version: '3.1',
    description: 'Read only, in the form of the Human Services Data Specification 3.1.',
  },
  servers: [{ url: '/hsds' }],
  paths: {
    '/': { get: { summary: 'What this API is.', responses: { 200: answer('About this API.', { type: 'object' }) } } },
    ...Object.fromEntries(HSDS_LISTS.flatMap(list => pathsOf(list))),
  },
  components: {
    schemas: { Page: PAGE, ...Object.fromEntries(HSDS_TABLES.filter(isTold).map(table => [table, schemaOf(table)])) },
  },
});

const isTold = (table: string): boolean => !UNTOLD.has(table);

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const answer = (description: string, schema: Schema) => ({ description, content: { 'application/json': { schema } } });

const WRONG = { description: 'A parameter is wrong.' };
const MISSING = { description: 'Nothing that is published.' };

const queried = (name: string) => ({ name, in: 'query', required: false, ...PARAMETER[name]! });

function pathsOf(list: HsdsList): [string, object][] {
  const contents = { properties: { contents: { type: 'array', items: ref(TABLES[list]) } } };
  const page = { allOf: [ref('Page'), contents] };
  return [
    [
      `/${list}`,
      {
        get: {
          summary: `A page of ${list}.`,
          parameters: PARAMETERS[list].map(queried),
          responses: { 200: answer('A page.', page), 400: WRONG },
        },
      },
    ],
    [
      `/${list}/{id}`,
      {
        get: {
          summary: `One of ${list}, with all that belongs to it.`,
          parameters: [{ name: 'id', in: 'path', required: true, schema: ID }, queried('network')],
          responses: { 200: answer('What it is.', ref(TABLES[list])), 400: WRONG, 404: MISSING },
        },
      },
    ],
  ];
}

const COUNT = { type: 'integer', minimum: 0 };

const PAGE: Schema = {
  type: 'object',
  properties: {
    total_items: COUNT,
    total_pages: COUNT,
    page_number: COUNT,
    size: COUNT,
    first_page: { type: 'boolean' },
    last_page: { type: 'boolean' },
    empty: { type: 'boolean' },
    contents: { type: 'array' },
  },
};

/** A row of a table with what is nested in it. Lists are told in full answers only, so nothing but the id is required. */
function schemaOf(table: HsdsTable): Schema {
  const { columns, objects, lists } = HSDS_PROFILE[table];
  const told = (one: { readonly table: HsdsTable }) => isTold(one.table);
  return {
    type: 'object',
    required: ['id'],
    properties: {
      id: { type: 'string' },
      ...mapped(columns, columnSchema),
      ...mapped(only(objects, told), one => ref(one.table)),
      ...mapped(only(lists, told), one => ({ type: 'array', items: ref(one.table) })),
    },
  };
}

const mapped = <T>(values: Readonly<Record<string, T>>, as: (value: T) => Schema): Record<string, Schema> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, as(value)]));

const only = <T>(values: Readonly<Record<string, T>>, isWanted: (value: T) => boolean): Record<string, T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => isWanted(value)));

function columnSchema({ type }: HsdsColumn): Schema {
  if (type === 'integer' || type === 'year') return { type: 'integer' };
  if (type === 'number' || type === 'zone') return { type: 'number' };
  return { type: 'string' };
}
