import fc from 'fast-check';
import { execute, type GraphQLObjectType, getNamedType, isLeafType, parse, validate } from 'graphql';
import { pino } from 'pino';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { hubSchema } from '../../src/schema.js';
import { shapes } from '../../src/shapes.js';
import { MOST_CHARACTERS, preparedText } from '../../src/shared/prepared.js';
import { closeSnapshot, openSnapshot } from '../../src/shared/snapshot.js';
import { rowsOf, sql, verbatim } from '../../src/shared/sql.js';
import { viewerOf } from '../../src/viewer/viewer.query.js';
import { ANONYMOUS, hasRole, isSignedIn, Role, type Viewer } from '../../src/viewer/viewer.rules.js';
import { demoDatabase } from '../support/demo-hub.js';
import { ISSUER, testHub } from '../support/hub.js';
import { knownFields, randomQueries, type World } from './random-query.js';

const faults: string[] = [];
const logger = pino({ level: 'error' }, { write: (line: string) => void faults.push(line) });
const hub = testHub('read_path', { logger }, demoDatabase);
const schema = await hubSchema();
let world: World;
let viewers: Viewer[];

beforeAll(async () => {
  hub.setNow(new Date());
  const em = hub.owner();
  const idsOf = async (from: string) =>
    (await em.execute<{ id: string }[]>(`select id from ${from} order by md5(id::text) limit 6`)).map(({ id }) => id);
  const [locations, partners, services] = await Promise.all([idsOf('location'), idsOf('partner'), idsOf('service')]);
  const [clientCases, referrals] = await Promise.all([idsOf('client_case'), idsOf('referral')]);
  const odd = await idsOf(`partner where status <> 'ACTIVE'`);
  const networks = await rowsOf<{ id: string; slug: string }>(em, sql`select id, slug from network order by slug`);
  world = {
    ids: {
      clientCase: clientCases,
      location: locations,
      partner: [...partners, ...odd],
      referral: referrals,
      service: services,
    },
    networks: networks.map(({ slug }) => slug),
    municipalities: ['05334002', '05124000', '05913000'],
  };
  viewers = [ANONYMOUS, ...(await personas())];
});

/** Whatever is asked, nothing of it is a bug. */
afterEach(() => expect(faults.splice(0)).toEqual([]));

/**
 * People of the demo world, with an account here: caseworkers, the editor of a partner, a coordinator, and one who is all
 * of it where she refers to herself.
 */
async function personas(): Promise<Viewer[]> {
  const names = ['caseworker-aachen', 'partner-aachen', 'coordinator-aachen', 'caseworker-bochum'];
  const accounts = await hub.owner().transactional(async tx => {
    await tx.execute(`select set_config('app.system', 'on', true)`);
    await tx.execute(
      `insert into membership (account_id, role, network_id, partner_id)
       select distinct on (role) a.id, role, r.network_id, case role when 'PARTNER_EDITOR' then r.partner_id end
       from account a join client_case c on c.assigned_to_id = a.id join referral r on r.client_case_id = c.id
         cross join (values ('PARTNER_EDITOR'), ('COORDINATOR')) as added (role)
       where a.subject = 'caseworker-bochum' and r.sent_at is not null order by role, r.id`,
    );
    return tx.execute<{ subject: string }[]>(
      `update account set issuer = ?, subject = id::text where subject in (?) returning subject`,
      [ISSUER, names],
    );
  });
  const em = hub.owner();
  return Promise.all(accounts.map(({ subject }) => viewerOf(em.fork(), { issuer: ISSUER, subject, name: null })));
}

/** What resolvers and loaders say, without Apollo. */
async function ordinarily(viewer: Viewer, query: string, variableValues: Record<string, unknown> = {}) {
  const contextValue = hub.hub().contextOf(viewer);
  if (isSignedIn(viewer)) await openSnapshot(contextValue);
  const answer = await execute({ schema, document: parse(query), contextValue, variableValues });
  await closeSnapshot(contextValue);
  return JSON.parse(JSON.stringify(answer));
}

/** Sums of floats have no order: the last digits depend on the plan. */
const told = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer), (_key, value) =>
    typeof value === 'number' ? Number(value.toPrecision(12)) : value,
  );

async function byReadPath(viewer: Viewer, query: string, variables: object = {}) {
  const asked: { answer?: unknown } = {};
  const statements = await hub.statements(async () => {
    asked.answer = (await hub.ask(viewer, { query, variables })).answer;
  });
  return { answer: asked.answer, reads: statements.filter(text => text.endsWith(' as json')) };
}

describe('the read path', () => {
  test('answers what the resolvers answer, by one statement', async () => {
    hub.setNow(new Date());
    await fc.assert(
      fc.asyncProperty(
        fc.nat(4).chain(i => randomQueries(schema, hub.owner().getMetadata(), world).map(query => ({ i, query }))),
        async ({ i, query }) => {
          expect(validate(schema, parse(query))).toEqual([]);
          const { answer, reads } = await byReadPath(viewers[i]!, query);
          const ordinary = await ordinarily(viewers[i]!, query);
          // Who is not signed in is told so, whatever else was asked.
          const refused = ordinary.errors !== undefined;
          expect(refused).toBe(i === 0 && /\b(clientCases?|referrals?)\b/.test(query));
          if (refused) expect(answer).toMatchObject(ordinary);
          else expect(told(answer)).toEqual(told(ordinary));
          // The finder has statements of its own, and goes the ordinary way where it finds nothing.
          if (!query.includes('serviceMatches')) expect(reads).toHaveLength(refused ? 0 : 1);
        },
      ),
      { numRuns: Number(process.env.READ_PATH_RUNS ?? 40) },
    );
  });
});

describe('every field that it knows', () => {
  test('says what the resolvers say, of every row of the world and to everybody', async () => {
    const place = `{ latitude longitude }`;
    const municipality = `municipality ${fieldsOf('Municipality', `centre ${place}`)}`;
    const locations = `locations ${fieldsOf('Location', municipality, `position ${place}`, `accessibility ${fieldsOf('AccessibilityEntry')}`)}`;
    const category = `categories ${fieldsOf('Category', `parent ${fieldsOf('Category')}`, `children ${fieldsOf('Category')}`)}`;
    const short = ['capacity', 'needs', 'serviceArea'].map(
      (field, i) => `${field} ${fieldsOf(['Capacity', 'Need', 'Area'][i]!)}`,
    );
    const ofService = fieldsOf('Service', category, locations, ...short, `partner ${fieldsOf('Partner')}`);
    const ofPartner = fieldsOf(
      'Partner',
      `network ${fieldsOf('Network')}`,
      `contacts ${fieldsOf('Contact')}`,
      `parent ${fieldsOf('Partner')}`,
      locations,
    );
    for (const slug of world.networks.slice(0, 2)) {
      const queries = [
        `{ partners(network: "${slug}", first: 100, filter: { statuses: [ACTIVE, PENDING, ARCHIVED, NOT_ADMITTED] }) {
          totalCount edges { cursor } nodes ${ofPartner} } }`,
        `{ services(network: "${slug}", first: 100, filter: { statuses: [ACTIVE, PAUSED, CLOSED] }) {
          totalCount edges { cursor } nodes ${ofService} } }`,
      ];
      for (const [viewer, query] of viewers.flatMap(one => queries.map(text => [one, text] as const))) {
        const { answer, reads } = await byReadPath(viewer, query);
        expect(answer).toEqual(await ordinarily(viewer, query));
        expect(reads).toHaveLength(1);
      }
    }
  });

  test('says what the resolvers say of the cases and referrals of each', async () => {
    const ofCase = fieldsOf('ClientCase', `needs ${fieldsOf('Need')}`, `municipality ${fieldsOf('Municipality')}`);
    const ofReferral = fieldsOf(
      'Referral',
      `clientCase ${ofCase}`,
      `service ${fieldsOf('Service')}`,
      `partner { name }`,
    );
    const query = `{ clientCases(first: 100) { totalCount edges { cursor } nodes ${ofCase} }
      referrals(first: 100) { totalCount edges { cursor } nodes ${ofReferral} } }`;
    const counts = [];
    for (const viewer of viewers.slice(1)) {
      const { answer, reads } = await byReadPath(viewer, query);
      const ordinary = await ordinarily(viewer, query);
      expect(answer).toEqual(ordinary);
      expect(reads).toHaveLength(1);
      counts.push([ordinary.data.clientCases.totalCount > 0, ordinary.data.referrals.totalCount > 0]);
    }
    expect(counts).toEqual(viewers.slice(1).map(viewer => [hasRole(viewer, Role.CASEWORKER), true]));
  });

  test('is a column that no resolver stands before, or declared; and it is nobody’s in particular', () => {
    const metadata = hub.owner().getMetadata();
    const known = Object.keys(shapes).flatMap(name =>
      knownFields(metadata, schema.getType(name) as GraphQLObjectType).map(field => ({ name, field: field.name })),
    );
    const declared = ({ name, field }: { name: string; field: string }) => shapes[name]?.fields?.[field] !== undefined;
    const hidden = known.filter(one => !declared(one) && resolversOf(one).length > 0);
    const guarded = known.filter(one => resolversOf(one).some(({ roles }) => roles !== undefined));
    expect({ hidden, guarded }).toEqual({ hidden: [], guarded: [] });
    expect(resolversOf({ name: 'Partner', field: 'kinds' })).toHaveLength(1); // it does look at what is there
  });
});

describe('a page of the read path', () => {
  const page = `query ($first: Int, $after: String) { partners(first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

  test('goes on where the one before ended, whichever way that was read', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { answer, reads } = await byReadPath(ANONYMOUS, page, { first: 7, after });
      const ordinary = await ordinarily(ANONYMOUS, page, { first: 7, after });
      expect(answer).toEqual(ordinary);
      expect(reads).toHaveLength(1);
      const { edges, pageInfo } = ordinary.data.partners;
      seen.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after);
    const active = await hub.owner().execute(`select id from partner where status = 'ACTIVE'`);
    expect(new Set(seen).size).toBe(active.length);
  });

  test.each([
    ['a page of nothing', page, { first: 0 }, 'BAD_USER_INPUT'],
    ['a cursor that nobody signed', page, { after: 'WyJhIl0.0123456789abcdef012345' }, 'INVALID_CURSOR'],
    ['a number that is none', page, { first: 'many' }, 'BAD_USER_INPUT'],
    ['a network that there is not', '{ partners(network: "atlantis") { nodes { id } } }', {}, 'BAD_USER_INPUT'],
    [
      'a municipality that there is not',
      '{ services(filter: { municipality: "00000000" }) { totalCount } }',
      {},
      'BAD_USER_INPUT',
    ],
    ['an id that is null', 'query ($id: ID = "x") { partner(id: $id) { id } }', { id: null }, 'BAD_USER_INPUT'],
    [
      'nothing or all, as null says',
      'query ($if: Boolean = true) { partners { nodes { id @include(if: $if) } } }',
      { if: null },
      'BAD_USER_INPUT',
    ],
    [
      'a page of nothing below',
      '{ partners(first: 1) { nodes { services(first: 101) { totalCount } } } }',
      {},
      'BAD_USER_INPUT',
    ],
  ])('of %s is refused as ever', async (_what, query, variables, code) => {
    const { answer } = await byReadPath(ANONYMOUS, query, variables);
    const [error] = (answer as { errors: { extensions: { code: string } }[] }).errors;
    expect(error!.extensions.code).toBe(code);
  });

  test('is read anew by every request, and by everybody as she may', async () => {
    const query = `query ($id: ID!) { partner(id: $id) { name status } }`;
    const [pending] = await hub.owner().execute(`select id from partner where status <> 'ACTIVE' limit 1`);
    const { answer, reads } = await byReadPath(ANONYMOUS, query, { id: pending!.id });
    expect({ answer, reads: reads.length }).toEqual({ answer: { data: { partner: null } }, reads: 1 });
  });
});

describe('a connection', () => {
  test('forgets its prepared statements where their texts are too long together', async () => {
    const { em } = hub.hub().orm;
    const pool = await em.getConnection().getNativeClient();
    const long = 'x'.repeat(MOST_CHARACTERS / 5);
    for (const i of [1, 2, 3, 4, 5, 6, 7, 8])
      expect(await preparedText(em.fork(), verbatim(`select '${i}' as json where '${long}' <> ''`))).toBe(`${i}`);
    const { rows } = await pool.query('select sum(length(statement))::int as kept from pg_prepared_statements');
    expect(rows[0].kept).toBeLessThan(MOST_CHARACTERS);
  });

  test('is kept for a quarter of an hour in which nothing is asked, and so known to live', async () => {
    const { options } = await hub.hub().orm.em.getConnection().getNativeClient();
    expect(options).toMatchObject({ idleTimeoutMillis: 900_000, keepAlive: true, keepAliveInitialDelayMillis: 60_000 });
  });
});

/** All fields of a type that are no objects, and what else is asked of it. */
function fieldsOf(name: string, ...more: string[]): string {
  const known = knownFields(hub.owner().getMetadata(), schema.getType(name) as GraphQLObjectType);
  const leaves = known.filter(field => isLeafType(getNamedType(field.type)));
  return `{ ${[...leaves.map(field => field.name), ...more].join(' ')} }`;
}

/** Resolvers of their own that fields have, by what type-graphql was told. */
function resolversOf({ name, field }: { name: string; field: string }) {
  const { fieldResolvers } = (globalThis as unknown as { TypeGraphQLMetadataStorage: { fieldResolvers: Told[] } })
    .TypeGraphQLMetadataStorage;
  return fieldResolvers.filter(
    one => one.kind === 'external' && one.schemaName === field && one.getObjectType?.().name === name,
  );
}

interface Told {
  kind: string;
  schemaName: string;
  roles?: unknown[];
  getObjectType?: () => { name: string };
}
