import type pg from 'pg';

/** A statement by the name under which a connection keeps it. */
export interface NamedStatement {
  name: string;
  text: string;
  values: readonly unknown[];
}

/** Of pg's connection, what a query sends itself by. */
interface Wire {
  stream: { cork(): void; uncork(): void };
  parse(statement: { name: string; text: string }): void;
  bind(wish: BindWish): void;
  execute(wish: { portal: string; rows: number }): void;
  sync(): void;
}

interface BindWish {
  portal: string;
  statement: string;
  values: readonly unknown[];
  valueMapper: (value: unknown) => unknown;
}

/** Names that were sent to a connection. An error leaves open which of them it has: then it is given up. */
const sent = new WeakMap<pg.ClientBase, Set<string>>();

/**
 * Runs statements by one message to the server and one back, in one transaction: all before a Sync are (PostgreSQL,
 * "Extended Query", pipelining). What the first sets for its transaction holds for the second, and for nothing else on
 * this connection. Answers the only column of the only row of the last; null where one before it changed or told no row.
 * After an error the connection must be closed.
 */
export function readInSession(client: pg.PoolClient, statements: readonly NamedStatement[]): Promise<string | null> {
  const known = sent.get(client) ?? new Set<string>();
  sent.set(client, known);
  return new Promise((resolve, reject) => {
    client.query(new SessionRead(statements, known, resolve, reject) as unknown as pg.Submittable);
  });
}

/** For whoever had the connection forget all that it kept. */
export const forgetReads = (client: pg.PoolClient): boolean => sent.delete(client);

/** A query of its own kind: pg hands it the connection, and what comes back. */
class SessionRead {
  private done = 0;
  private inVain = false;
  private text: string | null = null;
  /** pg calls it where its own time-outs strike. */
  callback: (error: Error | null) => void;

  constructor(
    private readonly statements: readonly NamedStatement[],
    private readonly known: Set<string>,
    private readonly resolve: (text: string | null) => void,
    reject: (error: Error) => void,
  ) {
    this.callback = error => (error ? reject(error) : this.resolve(this.inVain ? null : this.text));
  }

  submit(wire: Wire): void {
    wire.stream.cork();
    try {
      for (const { name: given, text, values } of this.statements) {
        const statement = `read_${given}`; // pg knows nothing of these: its own statements have other names
        if (!this.known.has(statement)) wire.parse({ name: statement, text });
        this.known.add(statement);
        wire.bind({ portal: '', statement, values, valueMapper: asSent });
        wire.execute({ portal: '', rows: 0 });
      }
      wire.sync();
    } finally {
      wire.stream.uncork();
    }
  }

  handleDataRow({ fields }: { fields: readonly (string | null)[] }): void {
    if (this.done === this.statements.length - 1) this.text = fields[0] ?? null;
  }

  handleCommandComplete({ text }: { text: string }): void {
    if (++this.done < this.statements.length && text.endsWith(' 0')) this.inVain = true;
  }

  handleReadyForQuery(): void {
    this.callback(null);
  }

  handleError(error: Error): void {
    this.callback(error);
  }

  handleRowDescription(): void {}
  handleEmptyQuery(): void {}
  handlePortalSuspended(): void {}
}

/** As text: PostgreSQL reads it as the type that the parameter has. Bytes go as they are. */
function asSent(value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Buffer) return value ?? null;
  return value instanceof Date ? value.toISOString() : String(value);
}
