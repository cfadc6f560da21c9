import pg from 'pg';

const CONNECT_MS = 5_000;

/** One connection of its own, outside every pool. A drop shows in the query that meets it, not as a crash. */
export async function connect(url: string, name = 'partnernetz'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: name,
    keepAlive: true,
  });
  client.on('error', () => {});
  await client.connect();
  return client;
}

/** Work on a connection of its own that is closed afterwards. */
export async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}

interface PoolOptions {
  readonly max: number;
  readonly name?: string;
  /** Milliseconds; unlimited when left out. */
  readonly statementTimeout?: number;
}

/** A small pool beside the ORM's, for a library that brings its own SQL. Drops show as in `connect`. */
export function openPool(url: string, { max, name = 'partnernetz', statementTimeout }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: name,
    keepAlive: true,
    max,
    idleTimeoutMillis: 0, // they are few, and to connect anew costs more than what most of them ask
    ...(statementTimeout && { statement_timeout: statementTimeout }),
  });
  pool.on('error', () => {});
  pool.on('connect', client => client.on('error', () => {}));
  return pool;
}

/** Connection options of MikroORM for an address: the driver reads it itself, so `sslmode` and the like count. */
export const ormConnection = (url: string) => ({
  clientUrl: url,
  driverOptions: { connectionString: url, connectionTimeoutMillis: CONNECT_MS, application_name: 'partnernetz' },
});

/** Code of a PostgreSQL or network error: '28P01', 'ECONNREFUSED'. */
export function codeOf(error: unknown): string | undefined {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return (error as { code?: string } | null)?.code;
}
