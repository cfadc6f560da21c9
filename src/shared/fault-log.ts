import { GraphQLError } from 'graphql';

/** What goes to the log of a failure: never a variable, a token or a row. */
export interface FaultLog {
  fault: {
    name: string;
    code?: string;
    constraint?: string;
    table?: string;
    message?: string;
    field?: string;
    at: string[];
  };
}

/** Their sentences come from the engine or from our own `throw`; those of drivers and libraries carry SQL and values. */
const SPEAKING = new Set<unknown>([Error, TypeError, RangeError, ReferenceError]);

const FRAMES = 12;

/** An error for the log: its kind, database code and stack; its sentence only where that cannot hold a value. */
export function describe(error: unknown): FaultLog {
  const origin = originOf(error);
  const field = error instanceof GraphQLError ? fieldOf(error) : undefined;
  if (!(origin instanceof Error)) return { fault: { name: typeof origin, ...(field && { field }), at: [] } };
  const message = sentenceOf(origin);
  return {
    fault: {
      name: origin.name,
      ...text(origin, 'code'),
      ...text(origin, 'constraint'),
      ...text(origin, 'table'),
      ...(message && { message }),
      ...(field && { field }),
      at: framesOf(origin),
    },
  };
}

function originOf(error: unknown, depth = 0): unknown {
  const inner = error instanceof GraphQLError ? error.originalError : undefined;
  return inner && depth < 5 ? originOf(inner, depth + 1) : error;
}

function sentenceOf(error: Error): string | undefined {
  if (error instanceof GraphQLError) {
    return /^Cannot return null for non-nullable field [\w.]+\.$/.exec(error.message)?.[0];
  }
  return SPEAKING.has(error.constructor) && !('query' in error) && !('sql' in error) ? error.message : undefined;
}

/** Stack frames alone: the first lines of a stack repeat the message, which may have several lines. */
const framesOf = (error: Error): string[] =>
  (error.stack ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => /^at .+:\d+:\d+\)?$/.test(line) || /^at (?:async )?[\w.<> ]+ \(/.test(line))
    .slice(0, FRAMES);

const fieldOf = (error: GraphQLError): string | undefined => {
  const node = error.nodes?.[0];
  return node?.kind === 'Field' ? node.name.value : undefined;
};

function text<Key extends string>(error: Error, key: Key): { [key in Key]?: string } {
  const value = (error as unknown as Record<string, unknown>)[key];
  return typeof value === 'string' ? ({ [key]: value } as { [key in Key]?: string }) : {};
}
