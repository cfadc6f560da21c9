import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/** The document with the id of every object that has one under another name too, whatever the client selects. */
export function withIdentities(schema: GraphQLSchema, document: DocumentNode, name: string): DocumentNode {
  const identity: FieldNode = {
    kind: Kind.FIELD,
    alias: { kind: Kind.NAME, value: name },
    name: { kind: Kind.NAME, value: 'id' },
  };
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(node) {
          const type = types.getParentType();
          if (!(isObjectType(type) || isInterfaceType(type)) || !type.getFields().id) return;
          return { ...node, selections: [...node.selections, identity] };
        },
      },
    }),
  );
}

/** An answer to such a document as the client asked for it. */
export function withoutIdentities(answer: unknown, name: string): unknown {
  if (Array.isArray(answer)) return answer.map(item => withoutIdentities(item, name));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).flatMap(([key, value]) => (key === name ? [] : [[key, withoutIdentities(value, name)]])),
  );
}
