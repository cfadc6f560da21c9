import type pg from 'pg';

export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | number | null)[];
}

/** What this uses of a connection of `pg`, whose types leave it out. */
interface Wire {
  parsedStatements: Record<string, string>;
  parse(query: { name: string; text: string; types: number[] }): void;
  bind(portal: { statement: string; values: readonly unknown[] }): void;
  describe(what: { type: 'P'; name: string }): void;
  execute(portal: { rows: number }): void;
  sync(): void;
}

/**
 * Named statements of one transaction in one round trip: PostgreSQL holds everything before a Sync for one, and ends it
 * with that. `set_config` for the transaction and what reads under it therefore cost as much as the reading alone.
 *
 * @returns the rows of the last statement, as arrays of text
 */
export const inOneTransaction = (
  client: pg.ClientBase,
  statements: readonly Statement[],
): Promise<(string | null)[][]> =>
  new Promise((resolve, reject) => {
    let rows: (string | null)[][] = [];
    let done = 0;
    let failure: Error | null = null;
    const wire = {
      submit(connection: Wire): void {
        for (const { name, text, values } of statements) {
          if (!connection.parsedStatements[name]) connection.parse({ name, text, types: [] });
          connection.bind({ statement: name, values });
          connection.execute({ rows: 0 });
        }
        connection.sync();
      },
      handleRowDescription(): void {},
      handleDataRow(message: { fields: (string | null)[] }): void {
        rows.push(message.fields);
      },
      handleCommandComplete(): void {
        done += 1;
        if (done < statements.length) rows = [];
      },
      handleEmptyQuery(): void {},
      handlePortalSuspended(): void {},
      handleError(error: Error): void {
        failure = error;
      },
      handleReadyForQuery(connection: Wire): void {
        if (failure) {
          reject(failure);
          return;
        }
        for (const { name, text } of statements) connection.parsedStatements[name] = text;
        resolve(rows);
      },
    };
    client.query(wire as unknown as pg.Submittable);
  });
