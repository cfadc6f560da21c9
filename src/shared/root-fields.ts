import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Apollo keeps parsed documents: the same query has the same operation again. */
const known = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** Names of the root fields of an operation, fragments unfolded. */
export function rootFieldsOf(operation: OperationDefinitionNode, document: DocumentNode): readonly string[] {
  const found = known.get(operation) ?? rootSelection(operation, document).map(field => field.name.value);
  known.set(operation, found);
  return found;
}

/** Under which names an operation answers, its `__typename` left out; fields of one name are one. */
export function rootNamesOf(operation: OperationDefinitionNode, document: DocumentNode): string[] {
  const fields = rootSelection(operation, document).filter(field => field.name.value !== '__typename');
  return [...new Set(fields.map(field => field.alias?.value ?? field.name.value))];
}

function rootSelection(operation: OperationDefinitionNode, document: DocumentNode): FieldNode[] {
  const fragments = new Map(
    document.definitions.flatMap(one =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  return fieldsOf(operation.selectionSet, fragments);
}

function fieldsOf(selection: SelectionSetNode, fragments: ReadonlyMap<string, SelectionSetNode>): FieldNode[] {
  return selection.selections.flatMap(one => {
    if (one.kind === Kind.FIELD) return [one];
    const inner = one.kind === Kind.INLINE_FRAGMENT ? one.selectionSet : fragments.get(one.name.value);
    return inner ? fieldsOf(inner, fragments) : [];
  });
}
