import type pg from 'pg';

/** What is made of a network in one transaction. */
export type StageName = 'directory' | 'cases' | 'search';

/** SQL of the row that says so; written in the same transaction. */
export const MADE = 'insert into bench.chunk (stage, number, seconds, rows) values ($1, $2, $3, $4)';

/** What is not there yet, for several connections to take from. */
export interface Missing {
  readonly total: number;
  next(): number | undefined;
}

/** Numbers of the networks of which a stage is missing. */
export async function missingOf(client: pg.Client, stage: StageName, networks: number): Promise<Missing> {
  const { rows } = await client.query<{ number: number }>(
    `select n as number from generate_series(1, $2::int) as n
     where not exists (select from bench.chunk c where c.stage = $1 and c.number = n) order by 1`,
    [stage, networks],
  );
  const left = rows.map(row => row.number);
  return { total: left.length, next: () => left.shift() };
}
