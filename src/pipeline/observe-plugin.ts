import { Kind, type OperationDefinitionNode } from 'graphql';

/**
 * How an operation is called where the set of names must be bounded: by the one root field that it selects. Clients
 * choose the names of operations, so that those would fill a metrics store; the schema bounds root fields.
 *
 * @param operation one that is valid
 * @returns its root field, `several`, or `meta` where it asks for nothing but the schema or `__typename`
 */
export function operationName({ selectionSet }: OperationDefinitionNode): string {
  const names = new Set<string>();
  for (const selection of selectionSet.selections) {
    // A fragment at the root is rare, and to look into it would take the whole document.
    if (selection.kind !== Kind.FIELD) return 'several';
    if (!selection.name.value.startsWith('__')) names.add(selection.name.value);
  }
  const [name = 'meta'] = names;
  return names.size > 1 ? 'several' : name;
}
