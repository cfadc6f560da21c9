import type pg from 'pg';
import { subjectOf } from '../generate/prepare.js';
import { caseworkersPerNetwork, EDITORS_PER_NETWORK, type Size } from '../size.js';
import type { Ask, Subject } from './subject.js';

/** One of the questions that everybody is asked. */
export interface Question {
  readonly name: string;
  readonly about: string;
  /** Who answers it; the hub always does. */
  readonly peers: readonly Exclude<Subject, 'hub'>[];
  /**
   * Is the limit what the hub's own statements take, in one round trip and without the hub? For what nobody writes by hand
   * a second time.
   */
  readonly replayed?: boolean;
  /** The same requests at every call, each with other values. */
  readonly asks: (client: pg.ClientBase, size: Size) => Promise<Asked[]>;
  readonly documents: Documents;
  /** An answer in the shape of the hub's, with what each subject may have of its own (a cursor) left out. */
  readonly told: (data: Data, subject: Subject) => unknown;
}

interface Documents {
  readonly hub: string;
  readonly postgraphile?: string;
}

/** What is asked with: variables of the hub's document, and of PostGraphile's where they differ. */
export interface Asked {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly postgraphile?: Readonly<Record<string, unknown>>;
  readonly as?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the answer to any query
type Data = any;

/** How many different requests there are of each; a page of a network is as many as there are networks. */
const VARIANTS = 500;
/** Of those whose statements are taken down before. */
const REPLAYED = 60;

const PARTNER = `id name kinds locations { city position { latitude longitude } }
  services { nodes { id name categories { name } capacity { total free waiting } } }`;

const PG_PARTNER = `id: rowId name kinds locations: locationsList(orderBy: [NAME_ASC, ROW_ID_ASC]) { city latitude longitude }
  services: offers(first: 20, orderBy: [NAME_ASC, ROW_ID_ASC]) { nodes { id: rowId name
    categories: serviceCategoriesByServiceIdList(orderBy: [POSITION_ASC, CATEGORY_CODE_ASC]) { name }
    capacity: capacityByServiceId { total free waiting } } }`;

const pgPartner = (partner: Data): Data =>
  partner && {
    ...partner,
    locations: partner.locations.map(({ city, latitude, longitude }: Data) => ({
      city,
      position: latitude === null ? null : { latitude, longitude },
    })),
  };

const pageOf = ({ nodes, pageInfo }: Data, node: (one: Data) => Data = one => one) => ({
  nodes: nodes.map(node),
  hasNextPage: pageInfo.hasNextPage,
  hasCursor: pageInfo.endCursor !== null,
});

async function column(client: pg.ClientBase, text: string): Promise<string[]> {
  const { rows } = await client.query<[string]>({ text, rowMode: 'array' });
  return rows.map(([value]) => value);
}

const ALL = ['postgraphile', 'limit'] as const;
const READERS = ['postgraphile', 'mercurius', 'limit'] as const;

const ROOTS = ['counselling', 'qualification', 'placement', 'employment', 'rehabilitation', 'everyday-help'] as const;

const COVERAGE = `query Q7($input: CoverageInput!) { coverage(input: $input) { gini rows { municipality { key name }
  demand services places freePlaces placesPer1000 accessibility nearestKm status } } }`;

export const QUESTIONS: readonly Question[] = [
  {
    name: 'Q1',
    about: 'a page of 20 partners, nested',
    peers: READERS,
    documents: {
      hub: `query Q1($network: String!) { partners(network: $network, first: 20) { nodes { ${PARTNER} } pageInfo { hasNextPage endCursor } } }`,
      postgraphile: `query Q1($network: String!) { network: networkBySlug(slug: $network) { partners(first: 20, orderBy: [NAME_ASC, ROW_ID_ASC]) {
        nodes { ${PG_PARTNER} } pageInfo { hasNextPage endCursor } } } }`,
    },
    asks: async client =>
      (await column(client, 'select slug from network order by md5(slug)')).map(network => ({
        variables: { network },
      })),
    told: (data, subject) =>
      subject === 'postgraphile' ? pageOf(data.network.partners, pgPartner) : pageOf(data.partners),
  },
  {
    name: 'Q2',
    about: 'one partner, nested',
    peers: READERS,
    documents: {
      hub: `query Q2($id: ID!) { partner(id: $id) { ${PARTNER} } }`,
      postgraphile: `query Q2($id: UUID!) { partner(rowId: $id) { ${PG_PARTNER} } }`,
    },
    asks: async client =>
      (await column(client, `select id from partner order by md5(id::text) limit ${VARIANTS}`)).map(id => ({
        variables: { id },
      })),
    told: ({ partner }, subject) => (subject === 'postgraphile' ? pgPartner(partner) : partner),
  },
  {
    name: 'Q3',
    about: 'services that fit a client, with the full score',
    peers: ['limit'],
    replayed: true,
    documents: {
      hub: `query Q3($input: ServiceMatchInput!) { serviceMatches(input: $input, first: 20) { nodes { score distanceKm reasons { factor text }
        service { id name partner { id name } capacity { total free waiting } } } pageInfo { hasNextPage endCursor } } }`,
    },
    async asks(client) {
      // Of services that there are, so that most find something.
      const { rows } = await client.query<{
        category: string;
        municipality: string;
        need: string | null;
        language: string;
      }>(
        `select coalesce(c.parent_code, c.code) as category, a.area_key as municipality, n.need_code as need,
           s.languages[1 + length(s.name) % cardinality(s.languages)] as language
         from (select * from service where status = 'ACTIVE' order by md5('asked' || id) limit ${2 * REPLAYED}) s
         join lateral (select area_key from service_area where service_id = s.id and length(area_key) = 8 order by 1 limit 1) a on true
         join lateral (select category_code from service_category where service_id = s.id order by 1 limit 1) sc on true
         join category c on c.code = sc.category_code
         left join lateral (select need_code from service_need where service_id = s.id order by 1 limit 1) n on true
         order by md5(s.id::text) limit ${REPLAYED}`,
      );
      return rows.map(({ category, municipality, need, language }) => ({
        variables: {
          input: {
            category,
            municipality,
            needs: need === null ? [] : [need],
            languages: [language],
            maximumDistanceKm: 50,
            requireFreePlace: true,
          },
        },
      }));
    },
    // The score falls with each second since a confirmation; what it is made of stands in the reasons.
    told: ({ serviceMatches }) => pageOf(serviceMatches, ({ score: _, ...match }: Data) => match),
  },
  {
    name: 'Q4',
    about: 'one service',
    peers: READERS,
    documents: {
      hub: 'query Q4($id: ID!) { service(id: $id) { name } }',
      postgraphile: 'query Q4($id: UUID!) { service(rowId: $id) { name } }',
    },
    asks: async client =>
      (await column(client, `select id from service order by md5(id::text) limit ${10 * VARIANTS}`)).map(id => ({
        variables: { id },
      })),
    told: ({ service }) => service,
  },
  {
    name: 'Q5',
    about: 'a capacity report with all that is written with it',
    peers: ALL,
    documents: {
      hub: `mutation Q5($id: ID!, $input: CapacityReportInput!) { serviceCapacityReport(id: $id, input: $input) {
        service { id capacity { total free waiting } } userErrors { code } } }`,
      postgraphile: `mutation Q5($input: ReportCapacityInput!) { reportCapacity(input: $input) { result { serviceId total free waiting } } }`,
    },
    async asks(client, { networks }) {
      const { rows } = await client.query<{ id: string; network: number; editor: number; total: number }>(
        `select s.id, n.number as network, e as editor, coalesce(c.total, 10) as total
         from bench.network n cross join generate_series(1, ${EDITORS_PER_NETWORK}) as e
         join account a on a.subject = format('bench-editor-%s-%s', n.number, e)
         join membership m on m.account_id = a.id join service s on s.partner_id = m.partner_id
         join service_capacity c on c.service_id = s.id
         order by md5(s.id::text) limit ${Math.min(4 * VARIANTS, networks * EDITORS_PER_NETWORK * 10)}`,
      );
      return rows.map(({ id, network, editor, total }, i) => {
        const input = {
          total,
          occupiedElsewhere: (i * 7) % (total + 1),
          waiting: i % 10,
          expectedWaitDays: (i % 5) * 7,
        };
        return {
          variables: { id, input },
          postgraphile: { input: { service: id, ...input } },
          as: subjectOf.editor(network, editor),
        };
      });
    },
    told(data, subject) {
      if (subject !== 'postgraphile') return data.serviceCapacityReport;
      const { serviceId: id, ...capacity } = data.reportCapacity.result;
      return { service: { id, capacity }, userErrors: [] };
    },
  },
  {
    name: 'Q6',
    about: 'a caseworker’s page of 20 referrals, under the policies',
    peers: ALL,
    documents: {
      hub: `query Q6 { referrals(first: 20) { nodes { id status urgent createdAt respondBy clientCase { id reference status }
        service { id name } partner { id name } } pageInfo { hasNextPage endCursor } } }`,
      postgraphile: `query Q6 { referrals(first: 20, orderBy: [CREATED_AT_DESC, ROW_ID_DESC]) { nodes { id: rowId status urgent createdAt respondBy
        clientCase { id: rowId reference status } service { id: rowId name } partner { id: rowId name } } pageInfo { hasNextPage endCursor } } }`,
    },
    async asks(_, size) {
      const each = caseworkersPerNetwork(size);
      return Array.from({ length: Math.min(VARIANTS, size.networks * each) }, (_, i) => ({
        variables: {},
        as: subjectOf.caseworker(1 + (i % size.networks), 1 + (Math.floor(i / size.networks) % each)),
      }));
    },
    told: ({ referrals }) =>
      pageOf(referrals, ({ createdAt, respondBy, ...referral }: Data) => ({
        ...referral,
        createdAt: new Date(createdAt).toISOString(),
        respondBy: respondBy && new Date(respondBy).toISOString(),
      })),
  },
  {
    name: 'Q7',
    about: 'coverage of a network',
    peers: ['limit'],
    replayed: true,
    documents: { hub: COVERAGE },
    async asks(client) {
      const networks = await column(client, `select slug from network order by md5(slug) limit ${REPLAYED}`);
      return networks.map((network, i) => ({
        variables: { input: { category: ROOTS[i % ROOTS.length], networks: [network] } },
      }));
    },
    told: ({ coverage }) => coverage,
  },
  {
    name: 'Q7-state',
    about: 'coverage of a state',
    peers: ['limit'],
    replayed: true,
    documents: { hub: COVERAGE.replace('Q7', 'Q7State') },
    async asks(client) {
      const states = await column(client, 'select distinct left(key, 2) from municipality order by 1');
      return states.flatMap(area => ROOTS.map(category => ({ variables: { input: { category, area } } })));
    },
    told: ({ coverage }) => coverage,
  },
];

/** What a subject is sent for a question asked with these values. */
export function askOf({ name, documents }: Question, { variables, postgraphile, as }: Asked, subject: Subject): Ask {
  const own = subject === 'postgraphile';
  return {
    operationName: name.replace('-state', 'State'),
    query: (own ? documents.postgraphile : undefined) ?? documents.hub,
    variables: (own ? postgraphile : undefined) ?? variables,
    ...(as !== undefined && { as }),
  };
}
