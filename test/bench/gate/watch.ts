import pg from 'pg';

/** A statement as the hub sent it. */
export interface Sent {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Rows that came back. */
  readonly rows: number;
}

type Query = (...args: unknown[]) => unknown;

/**
 * Everything that this process sends to PostgreSQL meanwhile, whoever sends it.
 *
 * @throws Error for what hides what it says: such a statement could not be looked at
 */
export async function sentBy(work: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const { prototype } = pg.Client as unknown as { prototype: { query: Query } };
  const original = prototype.query;
  prototype.query = function (this: unknown, ...args: unknown[]): unknown {
    const one = statementOf(args);
    const answer = original.apply(this, args);
    const note = (result: unknown) => {
      sent.push({ ...one, rows: rowsIn(result) });
      return result;
    };
    return answer instanceof Promise ? answer.then(note) : answer;
  };
  try {
    await work();
    return sent;
  } finally {
    prototype.query = original;
  }
}

const rowsIn = (result: unknown): number =>
  [result].flat().reduce<number>((sum, one) => sum + ((one as { rows?: unknown[] } | null)?.rows?.length ?? 0), 0);

function statementOf([query, values]: readonly unknown[]): Pick<Sent, 'text' | 'values'> {
  if (typeof query === 'string') return { text: query, values: Array.isArray(values) ? values : [] };
  const { text, values: own } = query as { text?: string; values?: unknown[] };
  if (text === undefined) throw new Error('A statement is sent by something that does not tell its text.');
  return { text, values: own ?? (Array.isArray(values) ? values : []) };
}
