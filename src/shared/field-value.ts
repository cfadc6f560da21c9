import { GraphQLScalarType } from 'graphql';

/** Only told, never taken: what comes in has a type of its own. */
export const FieldValue = new GraphQLScalarType<unknown, unknown>({
  name: 'FieldValue',
  description:
    'The value of one field of a record as JSON: a text, number or truth value, a list, or an object, as it is stored. Null: empty.',
});
