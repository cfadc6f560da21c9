import type { EntityManager, SessionContext } from '@mikro-orm/postgresql';
import type pg from 'pg';
import { forgetReads, type NamedStatement, readInSession } from './session-read.js';
import { rowsOf, type Sql } from './sql.js';

/**
 * How many statements a connection keeps prepared. PostgreSQL keeps them as long as the connection, and whoever asks
 * makes new ones: where there are too many all are forgotten, and those that are still asked come again.
 */
const MOST_STATEMENTS = 400;

/** Of all of their texts: kept, each takes some 60 bytes of memory, in each connection. */
export const MOST_CHARACTERS = 1_500_000;

interface Statement {
  name: string;
  /** With `$1` where the piece of SQL has `?`. */
  text: string;
}

/** By the text of the piece of SQL; of all pools of the process. */
const statements = new Map<string, Statement>();
let characters = 0;
let generation = 0;
/** Which statements a connection still has. */
const generations = new WeakMap<pg.PoolClient, number>();

/**
 * `rowsOf` by a named statement: parsed and planned once a connection, where the ORM writes values into the text and has
 * it planned each time. For what is asked often. The text must not vary with the values: a list is an array; a limit is
 * part of the text (as a value PostgreSQL would plan it each time). Inside a transaction it is `rowsOf`.
 */
export async function preparedRows<T extends object>(em: EntityManager, query: Sql): Promise<T[]> {
  if (em.isInTransaction()) return rowsOf<T>(em, query);
  const { rows } = await run(em, query, (client, statement) => client.query<T>(statement));
  return rows;
}

/**
 * The one column of the one row as text; null for null and for no row. With a session the policies know the viewer: it is
 * set in the transaction of the statement, by the same message.
 */
export function preparedText(em: EntityManager, query: Sql, session?: SessionContext): Promise<string | null> {
  const before = session ? [sessionStatement(session)] : [];
  return run(em, query, (client, statement) => readInSession(client, [...before, statement]));
}

/**
 * Two statements of one transaction in one round trip: one that writes, and one whose one column of one row is answered.
 * Null, and nothing is written, where the first changes no row.
 */
export function preparedWrite(em: EntityManager, write: Sql, answer: Sql): Promise<string | null> {
  const first = { ...statementOf(write.text), values: write.values };
  tellLogger(em, first.text);
  return run(em, answer, (client, statement) => readInSession(client, [first, statement]));
}

/** The settings of a session for one transaction; their names are the program's own. */
function sessionStatement({ variables = {} }: SessionContext): NamedStatement {
  const settings = Object.keys(variables).map(name => `set_config('${name}', ?, true)`);
  return { ...statementOf(`select ${settings.join(', ')}`), values: Object.values(variables) };
}

/** After an error the connection is closed: nobody knows what it has prepared, or whether that still fits the tables. */
async function run<T>(
  em: EntityManager,
  query: Sql,
  work: (client: pg.PoolClient, statement: Statement & { values: unknown[] }) => Promise<T>,
): Promise<T> {
  const pool = await em.getConnection().getNativeClient();
  const client = await pool.connect();
  let failed = true;
  try {
    const statement = statementOf(query.text);
    await forgetOld(client);
    tellLogger(em, statement.text);
    const answer = await work(client, { ...statement, values: [...query.values] });
    failed = false;
    return answer;
  } finally {
    client.release(failed);
  }
}

function statementOf(text: string): Statement {
  const known = statements.get(text);
  if (known) return known;
  if (statements.size >= MOST_STATEMENTS || characters + text.length > MOST_CHARACTERS) {
    statements.clear();
    characters = 0;
    generation++;
  }
  characters += text.length;
  const statement = { name: `hub_${generation}_${statements.size}`, text: numbered(text) };
  statements.set(text, statement);
  return statement;
}

/** `?` becomes `$1`, `$2`, …; `\?` becomes the operator, as in the ORM. */
export function numbered(text: string): string {
  let count = 0;
  return text.replace(/\\\?|\?/g, found => (found === '?' ? `$${++count}` : '?'));
}

async function forgetOld(client: pg.PoolClient): Promise<void> {
  const has = generations.get(client) ?? generation;
  generations.set(client, generation);
  if (has === generation) return;
  await client.query('deallocate all');
  forgetReads(client);
  const { connection } = client as unknown as { connection: { parsedStatements: Record<string, string> } };
  connection.parsedStatements = {};
}

/** What the ORM is told to log, and what tests count. */
function tellLogger(em: EntityManager, query: string): void {
  em.config.getLogger().logQuery({ query, level: 'info' });
}
