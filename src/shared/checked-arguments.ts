import type { GraphQLField } from 'graphql';

type Check = (given: Readonly<Record<string, unknown>>) => void;

const checks = new WeakMap<object, Check>();

/** Keeps the check of a field's arguments, for whoever reads the field without its resolver. */
export function keepCheck(field: GraphQLField<unknown, unknown>, check: Check): void {
  checks.set(field, check);
}

/** BAD_USER_INPUT for what the resolver of the field would not be given. */
export function checkGiven(field: GraphQLField<unknown, unknown>, given: Readonly<Record<string, unknown>>): void {
  checks.get(field)?.(given);
}
