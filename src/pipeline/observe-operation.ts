import { Kind, type OperationDefinitionNode } from 'graphql';
import type { Admitted, Refused } from './admission.js';
import type { GraphqlResponse } from './apollo-server.js';
import type { RequestObserver } from './request-observer.js';

/** Reports on an operation. */
export interface OperationObservation {
  admission(admission: Admitted | Refused): void;
  response(response: GraphqlResponse): void;
}

const UNOBSERVED: OperationObservation = { admission: () => {}, response: () => {} };

/**
 * Reports the operation of a request, which begins now.
 *
 * @param observer undefined: nothing is reported
 */
export function observeOperation(observer: RequestObserver | undefined): OperationObservation {
  if (observer === undefined) return UNOBSERVED;
  const record = observer.operation();
  return {
    admission({ operation }) {
      if (operation !== undefined) record.named(operation.operation, operationName(operation));
    },
    response({ result: { errors = [] } }) {
      const codes = errors.map(({ extensions }) => String(extensions?.code));
      if (codes.length > 0) observer.errors('response', codes);
      record.ended(codes);
    },
  };
}

/**
 * Names an operation after the one root field that it selects, because a metrics store needs a bounded set of names:
 * clients choose the names of operations, and the schema bounds root fields.
 *
 * @param operation a valid operation
 * @returns its root field; `several` if it has more; `meta` if it asks for the schema or `__typename` alone
 */
function operationName({ selectionSet }: OperationDefinitionNode): string {
  const names = new Set<string>();
  for (const selection of selectionSet.selections) {
    // A fragment at the root is rare, and to look into it would take the whole document.
    if (selection.kind !== Kind.FIELD) return 'several';
    if (!selection.name.value.startsWith('__')) names.add(selection.name.value);
  }
  const [name = 'meta'] = names;
  return names.size > 1 ? 'several' : name;
}
