import type { MetadataStorage } from '@mikro-orm/postgresql';
import fc from 'fast-check';
import { type GraphQLField, type GraphQLObjectType, type GraphQLSchema, getNamedType, isObjectType } from 'graphql';
import { columnPrinter } from '../../src/read-path/column.js';
import { roots, shapes } from '../../src/shapes.js';

const DEEPEST = 4;

/** What the tests know of the world: things that exist, and some that do not. */
export interface World {
  ids: Readonly<Record<'clientCase' | 'location' | 'partner' | 'referral' | 'service', readonly string[]>>;
  networks: readonly string[];
  municipalities: readonly string[];
}

/** Fields of a type that the read path knows. */
export function knownFields(metadata: MetadataStorage, type: GraphQLObjectType): GraphQLField<unknown, unknown>[] {
  if (type.name === 'MatchReason') return Object.values(type.getFields());
  if (type.name === 'ServiceMatch')
    return ['score', 'distanceKm', 'blockers', 'reasons', 'service'].map(name => type.getFields()[name]!);
  const { entity, columns, fields = {} } = shapes[type.name] ?? {};
  return Object.values(type.getFields()).filter(
    field =>
      fields[field.name] ??
      (entity && columns?.includes(field.name) && columnPrinter(metadata.get(entity), field.name, field.type)),
  );
}

/** Queries of the directory that the read path answers: selections, arguments, aliases, fragments at random. */
export function randomQueries(schema: GraphQLSchema, metadata: MetadataStorage, world: World): fc.Arbitrary<string> {
  const query = schema.getQueryType()!;
  const one = fc
    .constantFrom(...Object.keys(roots))
    .chain(name =>
      fc
        .tuple(rootArguments(name, world), selection(objectOf(query.getFields()[name]!), DEEPEST))
        .map(([args, below]) => `${name}${args} ${below}`),
    );
  return fc
    .array(one, { minLength: 1, maxLength: 2 })
    .map(all => `{ ${all.map((text, i) => `a${i}: ${text}`).join(' ')} }`);

  function selection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
    if (type.name.endsWith('Connection')) return connection(type, depth);
    const known = type.name === 'GeoPoint' ? Object.values(type.getFields()) : knownFields(metadata, type);
    const fields = known.filter(field => depth > 1 || !isObjectType(getNamedType(field.type)));
    const some = fc.subarray(fields, { maxLength: Math.min(6, fields.length) });
    return some
      .chain(chosen => fc.tuple(...chosen.map((field, i) => written(field, `f${i}`, depth - 1))))
      .chain(parts => fc.constantFrom('__typename', '').map(name => [name, ...parts].join(' ').trim() || '__typename'))
      .chain(text =>
        fc.constantFrom(
          `{ ${text} }`,
          `{ ... on ${type.name} { ${text} } __typename }`,
          `{ ... @include(if: true) { ${text} } }`,
        ),
      );
  }

  function written(field: GraphQLField<unknown, unknown>, alias: string, depth: number): fc.Arbitrary<string> {
    const type = getNamedType(field.type);
    const name = fc.constantFrom(field.name, `${alias}: ${field.name}`);
    const args = fieldArguments(field);
    const below = isObjectType(type) ? selection(type, depth) : fc.constant('');
    return fc.tuple(name, args, below).map(parts => parts.join(' '));
  }

  function connection(type: GraphQLObjectType, depth: number): fc.Arbitrary<string> {
    const node = objectOf(type.getFields().nodes!);
    const rows = selection(node, depth);
    const part = fc.oneof(
      rows.map(text => `nodes ${text}`),
      rows.map(text => `edges { cursor node ${text} }`),
      fc.constant('edges { cursor }'),
      fc.constant('totalCount'),
      fc
        .subarray(['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor'], { minLength: 1 })
        .map(all => `pageInfo { ${all.join(' ')} }`),
    );
    return fc
      .uniqueArray(part, { minLength: 1, maxLength: 3, selector: text => text.split(' ')[0] })
      .map(all => `{ ${all.join(' ')} }`);
  }
}

const objectOf = (field: GraphQLField<unknown, unknown>): GraphQLObjectType => {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new Error(`${field.name} is no object.`);
  return type;
};

function fieldArguments({ args }: GraphQLField<unknown, unknown>): fc.Arbitrary<string> {
  if (args.some(({ name }) => name === 'language'))
    return fc.constantFrom('', '(language: "en-GB")', '(language: "uk")', '(language: null)');
  if (args.some(({ name }) => name === 'first'))
    return fc.constantFrom('', '(first: 1)', '(first: 2)', '(first: null)');
  return fc.constant('');
}

const UNKNOWN_ID = '00000000-0000-4000-8000-000000000000';

function rootArguments(name: string, { ids, networks, municipalities }: World): fc.Arbitrary<string> {
  if (name in ids) {
    const known = ids[name as keyof World['ids']];
    return fc.constantFrom(...known, ...known.map(id => id.toUpperCase()), UNKNOWN_ID).map(id => `(id: "${id}")`);
  }
  if (name === 'coverage') return coverageInput(networks, municipalities);
  if (name === 'serviceMatches') return matchInput(networks, municipalities);
  const network = fc.constantFrom('', ...networks.map(slug => `network: "${slug}"`));
  const first = fc.constantFrom('', 'first: 1', 'first: 3', 'first: 100');
  const filters: Record<string, fc.Arbitrary<string>> = {
    clientCases: caseFilter,
    partners: partnerFilter(municipalities),
    referrals: referralFilter(ids),
    services: serviceFilter(municipalities),
  };
  const ofNetwork = name === 'partners' || name === 'services' ? network : fc.constant('');
  return fc.tuple(ofNetwork, first, filters[name]!).map(parts => {
    const all = parts.filter(Boolean);
    return all.length > 0 ? `(${all.join(', ')})` : '';
  });
}

const matchInput = (networks: readonly string[], municipalities: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('counselling', 'placement', 'childcare').map(code => `category: "${code}"`),
      fc.constantFrom(...municipalities).map(key => `municipality: "${key}"`),
      fc.constantFrom('', 'networks: null', ...networks.map(slug => `networks: ["${slug}"]`)),
      fc.constantFrom('', 'needs: ["debt", "refugee"]', 'languages: ["uk"], maximumDistanceKm: 40'),
    )
    .chain(parts =>
      fc
        .constantFrom('', ', first: 1', ', first: 100')
        .map(first => `(input: { ${parts.filter(Boolean).join(', ')} }${first})`),
    );

const coverageInput = (networks: readonly string[], municipalities: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('counselling', 'debt-counselling', 'sheltered-workshop').map(code => `category: "${code}"`),
      fc.constantFrom('', 'networks: null', ...networks.map(slug => `networks: ["${slug}"]`)),
      fc.constantFrom('', 'area: "05"', ...municipalities.map(key => `area: "${key}"`)),
      fc.constantFrom('', 'demandShare: "disability-or-health"'),
      fc.constantFrom('', 'catchmentKm: 0.5', 'catchmentKm: 300'),
      fc.constantFrom('', 'decay: BINARY', 'decay: ZONES', 'decay: null'),
    )
    .map(parts => `(input: { ${parts.filter(Boolean).join(', ')} })`);

const filterOf = (parts: readonly fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
  fc.tuple(...parts.map(part => fc.option(part, { nil: '' }))).map(all => {
    const said = all.filter(Boolean);
    return said.length > 0 ? `filter: { ${said.join(', ')} }` : '';
  });

const partnerFilter = (municipalities: readonly string[]) =>
  filterOf([
    fc.constantFrom('kinds: [COUNSELLING_CENTRE]', 'kinds: []'),
    fc.constantFrom('freshness: [FRESH, UNCONFIRMED]', 'freshness: [AGING]', 'freshness: [STALE]'),
    fc.constantFrom(...municipalities).map(key => `municipality: "${key}"`),
    fc.constantFrom('statuses: [ACTIVE]', 'statuses: [PENDING, ARCHIVED]', 'statuses: null'),
  ]);

const serviceFilter = (municipalities: readonly string[]) =>
  filterOf([
    fc.constantFrom('categories: ["counselling"]', 'categories: ["job-coaching", "debt-counselling"]'),
    fc.constantFrom('needs: ["addiction"]', 'needs: []'),
    fc.constantFrom('languages: ["uk"]', 'languages: ["de", "tr"]'),
    fc.constantFrom(...municipalities).map(key => `municipality: "${key}"`),
    fc.constantFrom('hasFreePlaces: true', 'hasFreePlaces: false', 'hasFreePlaces: null'),
    fc.constantFrom('statuses: [CLOSED]', 'statuses: [ACTIVE, PAUSED]'),
  ]);

const caseFilter = filterOf([
  fc.constantFrom('statuses: [OPEN]', 'statuses: []'),
  fc.constantFrom('query: "a"', 'query: " "'),
]);

const referralFilter = ({ clientCase, partner, service }: World['ids']) =>
  filterOf([
    fc.constantFrom('statuses: [SENT, ACCEPTED, DECLINED]', 'statuses: [DRAFT]', 'statuses: []'),
    fc.constantFrom(...service.slice(0, 2), 'x').map(id => `service: "${id}"`),
    fc.constantFrom(...partner.slice(0, 2), 'x').map(id => `partner: "${id}"`),
    fc.constantFrom(...clientCase.slice(0, 2), 'x').map(id => `clientCase: "${id}"`),
    fc.constantFrom('overdue: true', 'overdue: false', 'overdue: null'),
  ]);
