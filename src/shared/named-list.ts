import type { EntityName } from '@mikro-orm/postgresql';
import type { OrderedList } from './ordered-list.js';
import { sql, verbatim } from './sql.js';

const KEYS = { id: 'uuid', key: 'text' } as const;

/** A list of the directory, ordered by name as Germans expect; ties end in the key. */
export const byName = <T extends object>(
  entity: EntityName<T>,
  table: string,
  key: keyof typeof KEYS,
): OrderedList<T> => ({
  entity,
  table,
  order: `t.name, t.${key}`,
  position: row => [`to_json(${row}.name)::text`, `to_json(${row}.${key})::text`],
  after: ([name, value]) => sql`(t.name, t.${verbatim(key)}) > (${name}, ${value}::${verbatim(KEYS[key])})`,
});
