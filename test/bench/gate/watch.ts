import pg from 'pg';

/** What went to PostgreSQL, and what came back. */
export interface Sent {
  /** Each statement as often as it was executed. */
  readonly texts: readonly string[];
  /** What each was executed with, as text. */
  readonly values: readonly (readonly (string | null)[])[];
  readonly rows: number;
}

interface Bound {
  statement?: string;
  values?: readonly unknown[];
  valueMapper?: (value: unknown) => unknown;
}

/** What `pg` does with a connection, whoever asks it to: by its own queries or by messages that somebody sends himself. */
interface Wire {
  query(text: string): void;
  parse(statement: { name?: string; text: string }): void;
  bind(wish: Bound): void;
  execute(wish: object): void;
  emit(event: string, ...more: unknown[]): boolean;
}

/**
 * Watches every connection of this process from now on: to be begun before any is opened, since a prepared statement tells
 * its text but once.
 */
export function watchPostgres(): { sentBy(work: () => Promise<unknown>): Promise<Sent>; stop(): void } {
  const { prototype } = (pg as unknown as { Connection: { prototype: Wire } }).Connection;
  const { query, parse, bind, execute, emit } = prototype;
  const known = new WeakMap<Wire, Map<string, string>>();
  const bound = new WeakMap<Wire, { text: string; values: (string | null)[] }>();
  const texts: string[] = [];
  const values: (string | null)[][] = [];
  let rows = 0;
  Object.assign(prototype, {
    query(this: Wire, text: string) {
      texts.push(text);
      values.push([]);
      return query.call(this, text);
    },
    parse(this: Wire, statement: { name?: string; text: string }) {
      const own = known.get(this) ?? new Map<string, string>();
      known.set(this, own.set(statement.name ?? '', statement.text));
      return parse.call(this, statement);
    },
    bind(this: Wire, wish: Bound) {
      const text = known.get(this)?.get(wish.statement ?? '');
      if (text === undefined) throw new Error('A statement was prepared before anybody watched.');
      bound.set(this, { text, values: (wish.values ?? []).map(one => asText(wish, one)) });
      return bind.call(this, wish);
    },
    execute(this: Wire, wish: object) {
      const { text = '', values: own = [] } = bound.get(this) ?? {};
      texts.push(text);
      values.push(own);
      return execute.call(this, wish);
    },
    emit(this: Wire, event: string, ...more: unknown[]) {
      if (event === 'dataRow') rows += 1;
      return emit.call(this, event, ...more);
    },
  });
  return {
    async sentBy(work) {
      texts.length = 0;
      values.length = 0;
      rows = 0;
      await work();
      return { texts: [...texts], values: [...values], rows };
    },
    stop: () => void Object.assign(prototype, { query, parse, bind, execute, emit }),
  };
}

function asText({ valueMapper }: Bound, value: unknown): string | null {
  const mapped = valueMapper ? valueMapper(value) : value;
  return mapped === null || mapped === undefined ? null : String(mapped);
}
