import { createHmac, hkdfSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import pg from 'pg';
import { CONTEXT, PARTNER, PARTNERS, REFERRALS, REPORT, SERVICE } from './limit.sql.js';
import { inOneTransaction, type Statement } from './one-transaction.js';
import { ready } from './ready.js';
import { type SignedIn, signIn } from './signed-in.js';

/** The limit: hand-written SQL over node:http, for nothing but the bench's questions. */

const { DATABASE_URL: connectionString, DATA_DIR: dataDir = '.' } = process.env;
const pool = new pg.Pool({ connectionString, max: 10, idleTimeoutMillis: 0, options: '-c jit=off' });
const identify = await signIn(dataDir);
const { rows: secrets } = await pool.query<{ value: Buffer }>(`select value from secret where name = 'root'`);
const key = Buffer.from(hkdfSync('sha256', secrets[0]!.value, '', 'cursor', 32));

// biome-ignore lint/suspicious/noExplicitAny: what the questions send, and no other
type Variables = any;
type Answer = (variables: Variables, by: SignedIn | null) => Promise<string>;

const NOBODY = 'Nobody is signed in.';

async function rowOf(name: string, text: string, values: readonly unknown[]): Promise<(string | null)[] | undefined> {
  const { rows } = await pool.query<(string | null)[]>({ name, text, values: [...values], rowMode: 'array' });
  return rows[0];
}

/** As the hub signs its own. */
function cursorOf(list: string, position: readonly string[]): string {
  const text = Buffer.from(JSON.stringify(position)).toString('base64url');
  return `${text}.${createHmac('sha256', key).update(`${list}:${text}`).digest('hex').slice(0, 22)}`;
}

const pageInfo = (more: boolean, cursor: string | null): string =>
  `"pageInfo":{"hasNextPage":${more},"endCursor":${cursor === null ? 'null' : JSON.stringify(cursor)}}`;

const ANSWERS: Readonly<Record<string, Answer>> = {
  async Q1({ network }) {
    const [known, nodes, more, name, id] = (await rowOf('Q1', PARTNERS, [network]))!;
    if (known === null) throw new Error('There is no such network.');
    const cursor = id ? cursorOf('partners', [name!, id]) : null;
    return `{"partners":{"nodes":[${nodes}],${pageInfo(more as unknown as boolean, cursor)}}}`;
  },
  async Q2({ id }) {
    return `{"partner":${(await rowOf('Q2', PARTNER, [id]))?.[0] ?? 'null'}}`;
  },
  async Q4({ id }) {
    return `{"service":${(await rowOf('Q4', SERVICE, [id]))?.[0] ?? 'null'}}`;
  },
  async Q5({ id, input: { total, occupiedElsewhere, waiting, expectedWaitDays } }, by) {
    if (!by) throw new Error(NOBODY);
    const now = new Date();
    const said = [by.issuer, by.subject, id, total, occupiedElsewhere, waiting, expectedWaitDays, now];
    const row = await rowOf('Q5', REPORT, said);
    if (!row) throw new Error('There is no such service, or she does not edit it.');
    if (row[1] as unknown) throw new Error('Somebody waits there: generated data has nobody who does.');
    return `{"serviceCapacityReport":{"service":${row[0]},"userErrors":[]}}`;
  },
  async Q6(_, by) {
    if (!by) throw new Error(NOBODY);
    const client = await pool.connect();
    try {
      const [row] = await inOneTransaction(client, [
        { name: 'context', text: CONTEXT, values: [by.issuer, by.subject, new Date().toISOString()] },
        { name: 'Q6', text: REFERRALS, values: [] },
      ]);
      const [nodes, more, at, id] = row!;
      const cursor = id ? cursorOf('referrals', [at!, id]) : null;
      return `{"referrals":{"nodes":[${nodes}],${pageInfo(more === 't', cursor)}}}`;
    } finally {
      client.release();
    }
  },
};

/** What the hub sent and answered for one request of a question that is replayed. */
interface Replay {
  readonly key: string;
  readonly statements: readonly Statement[];
  readonly data: string;
  /** Does the last statement make the whole answer? */
  readonly whole: boolean;
}

const replays = new Map<string, Replay>(
  (process.env.REPLAYS ? readFileSync(process.env.REPLAYS, 'utf8') : '')
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as Replay)
    .map(replay => [replay.key, replay]),
);

async function replayed({ statements, data, whole }: Replay): Promise<string> {
  const client = await pool.connect();
  try {
    const [row] = await inOneTransaction(client, statements);
    return whole ? row![0]! : data;
  } finally {
    client.release();
  }
}

async function answerTo(request: IncomingMessage, body: string): Promise<string> {
  const { operationName, query, variables } = JSON.parse(body) as {
    operationName?: string;
    query: string;
    variables: Variables;
  };
  const name = operationName ?? /\b(Q\d)\b/.exec(query)?.[1] ?? '';
  const replay = replays.get(`${name} ${JSON.stringify(variables)}`);
  if (replay) return `{"data":${await replayed(replay)}}`;
  const by = await identify(request.headers.authorization);
  return `{"data":${await ANSWERS[name]!(variables, by)}}`;
}

const server = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', chunk => {
    body += chunk;
  });
  request.on('end', () => {
    answerTo(request, body).then(
      text => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
      error => {
        response.writeHead(500, { 'content-type': 'text/plain' });
        response.end(String(error));
      },
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => ready(server));
