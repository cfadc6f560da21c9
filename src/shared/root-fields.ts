import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Names of the root fields of an operation, fragments unfolded. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): string[] {
  const fragments = new Map(
    document.definitions.flatMap(one =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  return fieldsOf(operation.selectionSet, fragments);
}

function fieldsOf(selection: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): string[] {
  return selection.selections.flatMap(one => {
    if (one.kind === Kind.FIELD) return [one.name.value];
    const inner = one.kind === Kind.INLINE_FRAGMENT ? one.selectionSet : fragments.get(one.name.value);
    return inner ? fieldsOf(inner, fragments) : [];
  });
}
