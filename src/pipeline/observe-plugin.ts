import type { ApolloServerPlugin } from '@apollo/server';
import { Kind, type OperationDefinitionNode } from 'graphql';
import { wasRefused } from './admission-plugin.js';
import type { RequestObserver } from './request-observer.js';

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

/** Tells an observer of each GraphQL operation. */
export function observeOperations(observer: RequestObserver): ApolloServerPlugin {
  return {
    async invalidRequestWasReceived() {
      observer.errors('response', ['BAD_REQUEST']);
    },
    async requestDidStart() {
      const record = observer.operation();
      return {
        async didResolveOperation({ request, operation, schema }) {
          if (!operation || wasRefused(request)) return;
          // Without such a root in the schema, as for subscriptions, validation leaves any field in.
          if (!schema.getRootType(operation.operation)) return;
          record.named(operation.operation, operationName(operation));
        },
        async willSendResponse({ response: { body } }) {
          const { errors = [] } = body.kind === 'single' ? body.singleResult : body.initialResult;
          const codes = errors.map(({ extensions }) => String(extensions?.code));
          if (codes.length > 0) observer.errors('response', codes);
          record.ended(codes);
        },
      };
    },
  };
}
