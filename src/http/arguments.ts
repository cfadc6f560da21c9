import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql';
import { checkGiven, keepCheck } from '../shared/checked-arguments.js';
import { badInput } from '../shared/errors.js';

/** Characters of a text, and entries of a list, where the schema says nothing else. */
export const LONGEST_TEXT = 200;
export const LONGEST_LIST = 100;

/** Refuses what is wrong in a value; `path` is the dotted path of the argument. */
type Check = (value: unknown, path: string) => void;

/** From `extensions` of an argument or input field (type-graphql: `@Extensions({ maxLength: 4000 })`). */
interface Bounds {
  maxLength?: number;
  maxItems?: number;
}

const checked = new WeakSet<GraphQLSchema>();

/**
 * Has every field of the schema check its arguments before its resolver runs: NUL bytes and lone surrogates (the
 * database refuses the one and alters the other), texts over `maxLength` and lists over `maxItems` are BAD_USER_INPUT.
 * type-graphql hands `@Extensions` of a method to its field, not to its arguments: there `maxLength` and `maxItems`
 * may also be records by argument. Changes the schema in place, once.
 */
export function checkArguments(schema: GraphQLSchema): GraphQLSchema {
  if (checked.has(schema)) return schema;
  checked.add(schema);
  const checkOf = checksOf();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) guard(field, checkOf);
  }
  return schema;
}

type CheckOf = (type: GraphQLInputType, bounds: Bounds) => Check | null;

function guard(field: GraphQLField<unknown, unknown>, checkOf: CheckOf): void {
  const checks: [name: string, check: Check][] = [];
  for (const argument of field.args) {
    if (OPAQUE.has(argument.name)) continue;
    const ofField = boundsOf(field.extensions, argument.name);
    const check = checkOf(argument.type, { ...ofField, ...boundsOf(argument.extensions, argument.name) });
    if (check) checks.push([argument.name, check]);
  }
  if (checks.length === 0) return;
  keepCheck(field, given => {
    for (const [name, check] of checks) check(given[name], name);
  });
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, given, context, info) => {
    checkGiven(field, given);
    return resolve(source, given, context, info);
  };
}

/** Makes the check of a type; null for what holds no text and no list. */
function checksOf(): CheckOf {
  const objects = new Map<string, Check>();
  const checkOf: CheckOf = (type, bounds) => {
    const nullable = getNullableType(type);
    if (isListType(nullable)) return listCheck(checkOf(nullable.ofType, bounds), bounds.maxItems ?? LONGEST_LIST);
    if (isInputObjectType(nullable)) {
      const known = objects.get(nullable.name);
      if (known) return known;
      // Known before its fields are: an input type may hold itself.
      const checks: [name: string, check: Check][] = [];
      const check = objectCheck(checks);
      objects.set(nullable.name, check);
      for (const field of Object.values(nullable.getFields())) {
        const ofField = checkOf(field.type, boundsOf(field.extensions, field.name));
        if (ofField) checks.push([field.name, ofField]);
      }
      return check;
    }
    if (isEnumType(nullable) || TEXTLESS.has(nullable.name)) return null;
    return textCheck(nullable.name === 'ID' ? LONGEST_TEXT : (bounds.maxLength ?? LONGEST_TEXT));
  };
  return checkOf;
}

/** Cursors: whatever is wrong with one is INVALID_CURSOR, and their reader says so. */
const OPAQUE: ReadonlySet<string> = new Set(['after', 'before']);

const TEXTLESS: ReadonlySet<string> = new Set(['Int', 'Float', 'Boolean']);

const listCheck =
  (check: Check | null, most: number): Check =>
  (value, path) => {
    if (!Array.isArray(value)) return;
    if (value.length > most) throw badInput(path, `At most ${most} entries.`);
    if (check) for (const [index, item] of value.entries()) check(item, `${path}.${index}`);
  };

const objectCheck =
  (checks: readonly [string, Check][]): Check =>
  (value, path) => {
    if (typeof value !== 'object' || value === null) return;
    const fields = value as Readonly<Record<string, unknown>>;
    for (const [name, check] of checks) if (fields[name] != null) check(fields[name], `${path}.${name}`);
  };

/** A NUL byte, or half of a surrogate pair: with the u flag a whole pair is one character of another kind. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

const textCheck =
  (most: number): Check =>
  (value, path) => {
    if (typeof value !== 'string') return;
    if (value.length > most && longerThan(value, most)) throw badInput(path, `At most ${most} characters.`);
    if (UNSTORABLE.test(value)) throw badInput(path, 'This text has characters that are none.');
  };

/** Counted like PostgreSQL does, an emoji as one character. */
function longerThan(text: string, most: number): boolean {
  if (text.length > 2 * most) return true;
  return Array.from(text).length > most;
}

function boundsOf(extensions: Readonly<Record<string, unknown>>, name: string): Bounds {
  const maxLength = numberOf(extensions.maxLength, name);
  const maxItems = numberOf(extensions.maxItems, name);
  return { ...(maxLength !== undefined && { maxLength }), ...(maxItems !== undefined && { maxItems }) };
}

function numberOf(bound: unknown, name: string): number | undefined {
  if (typeof bound === 'number') return bound;
  if (typeof bound !== 'object' || bound === null) return undefined;
  return numberOf((bound as Readonly<Record<string, unknown>>)[name], name);
}
