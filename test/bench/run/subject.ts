/** Who is measured. */
export const SUBJECTS = ['hub', 'postgraphile', 'mercurius', 'limit'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** One request as it goes over the wire: the same for every subject but for PostGraphile, whose schema is its own. */
export interface Ask {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Subject of a token; nobody when left out. */
  readonly as?: string;
}
