import { type FieldNode, type GraphQLField, type GraphQLObjectType, getNamedType, isObjectType } from 'graphql';

/** Something is asked that no shape tells how to read: in this operation always, or with these arguments. */
export class OrdinaryWay extends Error {
  constructor(readonly always: boolean) {
    super('This goes through the resolvers.');
  }
}

/** The fields of a selection: under which name they answer, and where they are asked for. */
export type Selected = ReadonlyMap<string, readonly FieldNode[]>;

/** Of interfaces and unions the ordinary way knows which type a row is. */
export function objectTypeOf(field: GraphQLField<unknown, unknown>): GraphQLObjectType {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) throw new OrdinaryWay(true);
  return type;
}
