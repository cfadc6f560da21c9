const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Asked before SQL: PostgreSQL answers a malformed uuid with an error of its own, not with no row. */
export const isId = (id: unknown): id is string => typeof id === 'string' && UUID.test(id);

/** For "which of these": what is no id finds nothing. */
export const idsAmong = (ids: readonly string[]): string[] => ids.filter(isId);
