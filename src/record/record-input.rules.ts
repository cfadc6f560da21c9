import type { FieldSpec, JsonValue, RecordDocument, RecordKind } from './record.rules.js';

/**
 * What an input of the API says of a record: fields left out are unchanged, null and '' (what forms send for an emptied
 * field) are what a new record has there. Whether a field may be empty the faults tell.
 */
export const wantedOf = (kind: RecordKind, input: object): RecordDocument =>
  Object.fromEntries(
    Object.entries(kind.fields).flatMap(([field, spec]) => {
      const value = (input as Readonly<Record<string, unknown>>)[field];
      return value === undefined ? [] : [[field, once(spec, plain(value) ?? emptyOf(spec))]];
    }),
  );

const emptyOf = ({ initially, list }: FieldSpec): JsonValue => {
  if (list || Array.isArray(initially)) return [];
  return initially === false ? false : null;
};

/** Where order means nothing, saying something twice does not either. */
function once({ set }: FieldSpec, value: JsonValue): JsonValue {
  if (!set || !Array.isArray(value)) return value;
  return [...new Map(value.map(one => [JSON.stringify(one), one as JsonValue])).values()];
}

/** Without the members that say nothing, and without classes. */
function plain(value: unknown): JsonValue {
  if (value === undefined || value === null || value === '') return null;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object') return value as JsonValue;
  const members = Object.entries(value).map(([name, member]) => [name, plain(member)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== null));
}
