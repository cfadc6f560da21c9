/** What is listed, by the name in the address. */
export const HSDS_LISTS = [
  'services',
  'organizations',
  'locations',
  'service_at_locations',
  'taxonomies',
  'taxonomy_terms',
] as const;
export type HsdsList = (typeof HSDS_LISTS)[number];

/** Those of records; what is published of them is what the graph tells anybody. */
export type RecordList = Exclude<HsdsList, 'taxonomies' | 'taxonomy_terms'>;

export const isHsdsList = (name: string): name is HsdsList => (HSDS_LISTS as readonly string[]).includes(name);

export const LARGEST_PAGE = 100;
const DEFAULT_PAGE = 50;
/** Beyond this a page is no longer looked for: whoever wants all takes the export. */
const LAST_PAGE = 100_000;
const LONGEST_SEARCH = 200;
const LONGEST_ID = 255;

/** What a list is asked for. Null: not asked. */
export interface HsdsWish {
  /** From 1. */
  readonly page: number;
  readonly perPage: number;
  /** Slug. */
  readonly network: string | null;
  readonly search: string | null;
  readonly taxonomyTermId: string | null;
  readonly taxonomyId: string | null;
  readonly parentId: string | null;
  readonly organizationId: string | null;
  readonly modifiedAfter: Date | null;
  readonly postcode: string | null;
  readonly minimal: boolean;
  readonly full: boolean;
  readonly topOnly: boolean;
}

/** A page of a list, as the specification names its parts. */
export interface HsdsPage {
  readonly total_items: number;
  readonly total_pages: number;
  readonly page_number: number;
  readonly size: number;
  readonly first_page: boolean;
  readonly last_page: boolean;
  readonly empty: boolean;
  readonly contents: readonly unknown[];
}

export function pageOf(contents: readonly unknown[], total: number, { page, perPage }: HsdsWish): HsdsPage {
  const pages = Math.max(1, Math.ceil(total / perPage));
  return {
    total_items: total,
    total_pages: pages,
    page_number: page,
    size: contents.length,
    first_page: page === 1,
    last_page: page >= pages,
    empty: contents.length === 0,
    contents,
  };
}

/** Free places are told by the graph, which rounds them where they would tell of a person; history by nobody. */
export const UNTOLD: ReadonlySet<string> = new Set([
  'service_capacity',
  'units',
  'metadata',
  'meta_table_descriptions',
]);

/** Which parameters a list knows. */
const COMMON = ['page', 'per_page', 'format', 'network', 'search'];
export const PARAMETERS: Readonly<Record<HsdsList, readonly string[]>> = {
  services: [
    ...COMMON,
    'taxonomy_term_id',
    'taxonomy_id',
    'organization_id',
    'modified_after',
    'postcode',
    'minimal',
    'full',
  ],
  organizations: [...COMMON, 'taxonomy_term_id', 'taxonomy_id', 'modified_after', 'full'],
  locations: [...COMMON, 'organization_id', 'modified_after', 'postcode', 'full'],
  service_at_locations: [
    ...COMMON,
    'taxonomy_term_id',
    'taxonomy_id',
    'organization_id',
    'modified_after',
    'postcode',
    'full',
  ],
  taxonomies: COMMON,
  taxonomy_terms: [...COMMON, 'taxonomy_id', 'parent_id', 'top_only'],
};

/** A parameter that is wrong. */
export interface WrongParameter {
  readonly parameter: string;
  readonly message: string;
}

/** What the parameters of an address ask for, or the first that is wrong. */
export function wishOf(list: HsdsList, query: URLSearchParams): HsdsWish | WrongParameter {
  const known = PARAMETERS[list];
  for (const name of query.keys()) {
    if (!known.includes(name)) return wrong(name, `Unknown here. Known are ${known.join(', ')}.`);
    if (query.getAll(name).length > 1) return wrong(name, 'Once, please.');
    if (query.get(name)!.includes('\0')) return wrong(name, 'Text without NUL.');
  }
  const value = (name: string): string | null => query.get(name)?.trim() || null;
  const format = value('format');
  if (format !== null && format !== 'json') return wrong('format', 'Only json is served here.');
  const page = wholeOf(value('page'), 1, LAST_PAGE);
  if (page === undefined) return wrong('page', `A number from 1 to ${LAST_PAGE}.`);
  const perPage = wholeOf(value('per_page'), 1, LARGEST_PAGE);
  if (perPage === undefined) return wrong('per_page', `A number from 1 to ${LARGEST_PAGE}.`);
  const search = value('search');
  if (search !== null && search.length > LONGEST_SEARCH)
    return wrong('search', `At most ${LONGEST_SEARCH} characters.`);
  for (const name of ['taxonomy_term_id', 'taxonomy_id', 'parent_id', 'organization_id', 'network'])
    if ((value(name)?.length ?? 0) > LONGEST_ID) return wrong(name, `At most ${LONGEST_ID} characters.`);
  const postcode = value('postcode');
  if (postcode !== null && !/^\d{5}$/.test(postcode)) return wrong('postcode', 'Five digits.');
  const modifiedAfter = momentOf(value('modified_after'));
  if (modifiedAfter === undefined) return wrong('modified_after', 'A date or a date and time (ISO 8601).');
  const flags: Record<string, boolean> = {};
  for (const name of ['minimal', 'full', 'top_only']) {
    const said = value(name) ?? 'false';
    if (!['true', 'false'].includes(said)) return wrong(name, 'true or false.');
    flags[name] = said === 'true';
  }
  if (flags.minimal && flags.full) return wrong('minimal', 'Either minimal or full.');
  return {
    page: page ?? 1,
    perPage: perPage ?? DEFAULT_PAGE,
    network: value('network'),
    search,
    taxonomyTermId: value('taxonomy_term_id'),
    taxonomyId: value('taxonomy_id'),
    parentId: value('parent_id'),
    organizationId: value('organization_id'),
    modifiedAfter,
    postcode,
    minimal: flags.minimal!,
    full: flags.full!,
    topOnly: flags.top_only!,
  };
}

const wrong = (parameter: string, message: string): WrongParameter => ({ parameter, message });

export const isWrong = (one: object): one is WrongParameter => 'parameter' in one;

/** Undefined: wrong. */
function wholeOf(text: string | null, least: number, most: number): number | null | undefined {
  if (text === null) return null;
  const number = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return number >= least && number <= most ? number : undefined;
}

const ISO = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Without an offset it is UTC. Undefined: wrong. */
function momentOf(text: string | null): Date | null | undefined {
  if (text === null) return null;
  // In an address a plus is a blank.
  const plain = text.replace(' ', '+');
  if (!ISO.test(plain)) return undefined;
  const moment = new Date(/T.*(Z|[+-]\d{2}:?\d{2})$/.test(plain) || plain.length === 10 ? plain : `${plain}Z`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

/** May this be looked for among the ids of sources? */
export const isPlausibleId = (id: string): boolean => id.length > 0 && id.length <= LONGEST_ID && !id.includes('\0');
