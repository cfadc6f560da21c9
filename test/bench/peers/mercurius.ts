import Fastify from 'fastify';
import { mercurius } from 'mercurius';
import pg from 'pg';
import { ready } from './ready.js';

/** mercurius with its compiler, over the views of the peers: rows by named statements, children by its loaders. */

const { DATABASE_URL: connectionString } = process.env;
const pool = new pg.Pool({ connectionString, max: 10, idleTimeoutMillis: 0, options: '-c jit=off' });

type Row = Readonly<Record<string, unknown>>;

async function rowsOf(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
  return (await pool.query<Row>({ name, text, values: [...values] })).rows;
}

const SCHEMA = `
  type GeoPoint { latitude: Float! longitude: Float! }
  type Location { city: String! position: GeoPoint }
  type Category { name: String! }
  type Capacity { total: Int free: Int waiting: Int }
  type Service { id: ID! name: String! categories: [Category!]! capacity: Capacity }
  type ServicePage { nodes: [Service!]! }
  type Partner { id: ID! name: String! kinds: [String!]! locations: [Location!]! services: ServicePage! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type PartnerPage { nodes: [Partner!]! pageInfo: PageInfo! }
  type Query { partners(network: String!, first: Int! = 20): PartnerPage! partner(id: ID!): Partner service(id: ID!): Service }
`;

const resolvers = {
  Query: {
    async partners(_: unknown, { network, first }: { network: string; first: number }) {
      const rows = await rowsOf(
        'partners',
        `select p.id, p.name, p.kinds from bench_peer.partner p where p.network_id = (select id from bench_peer.network where slug = $1)
         order by p.name, p.id limit 21`,
        [network],
      );
      const nodes = rows.slice(0, first);
      const last = nodes.at(-1);
      const endCursor = last ? Buffer.from(JSON.stringify([last.name, last.id])).toString('base64url') : null;
      return { nodes, pageInfo: { hasNextPage: rows.length > first, endCursor } };
    },
    async partner(_: unknown, { id }: { id: string }) {
      return (await rowsOf('partner', 'select id, name, kinds from bench_peer.partner where id = $1', [id]))[0];
    },
    async service(_: unknown, { id }: { id: string }) {
      return (await rowsOf('service', 'select id, name from bench_peer.service where id = $1', [id]))[0];
    },
  },
};

interface Of {
  readonly obj: { readonly id: string };
}

/** The children of each, by one statement; `owner` is the column that names it. */
async function childrenOf(of: readonly Of[], name: string, text: string): Promise<Row[][]> {
  const rows = await rowsOf(name, text, [of.map(({ obj }) => obj.id)]);
  const found = Map.groupBy(rows, row => row.owner);
  return of.map(({ obj }) => found.get(obj.id) ?? []);
}

const loaders = {
  Partner: {
    async locations(of: readonly Of[]) {
      const all = await childrenOf(
        of,
        'locations',
        'select partner_id as owner, city, latitude, longitude from bench_peer.location where partner_id = any($1) order by name, id',
      );
      return all.map(rows => rows.map(row => ({ city: row.city, position: row.latitude === null ? null : row })));
    },
    async services(of: readonly Of[]) {
      const all = await childrenOf(
        of,
        'services',
        `select s.* from unnest($1::uuid[]) as parent (id) cross join lateral (
           select o.partner_id as owner, o.id, o.name from bench_peer.offer o where o.partner_id = parent.id order by o.name, o.id limit 20) s`,
      );
      return all.map(nodes => ({ nodes }));
    },
  },
  Service: {
    categories: (of: readonly Of[]) =>
      childrenOf(
        of,
        'categories',
        'select service_id as owner, name from bench_peer.service_category where service_id = any($1) order by position, category_code',
      ),
    async capacity(of: readonly Of[]) {
      const text =
        'select service_id as owner, total, free, waiting from bench_peer.capacity where service_id = any($1)';
      return (await childrenOf(of, 'capacity', text)).map(([row]) => row ?? null);
    },
  },
};

const uncached = Object.fromEntries(
  Object.entries(loaders).map(([type, fields]) => [
    type,
    Object.fromEntries(Object.entries(fields).map(([field, loader]) => [field, { loader, opts: { cache: false } }])),
  ]),
);

const app = Fastify();
await app.register(mercurius, { schema: SCHEMA, resolvers, loaders: uncached as never, jit: 1, graphiql: false });
await app.listen({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
ready(app.server);
