import type { ApolloServerPlugin, BaseContext, GraphQLRequest } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { DocumentNode } from 'graphql';
import type { RequestJudge } from '../graphql/request-judge.js';

/** A client that sends this header with any value but 0 is told what its request costs, in extensions.cost. */
const COST_HEADER = 'x-graphql-cost';

const refused = new WeakSet<GraphQLRequest>();

/** Whether a request was refused before it ran: what runs in its place is none of its own. */
export function wasRefused(request: GraphQLRequest): boolean {
  return refused.has(request);
}

/** What runs in place of a request that is refused; its answer is thrown away before it is made. */
const NOTHING = '{ __typename }';

/**
 * Lets Apollo Server run what may run, and answer the rest with why it may not. Its own parsing and validation find
 * each document read already, by {@link judgedDocuments}; its automatic persisted queries are off.
 *
 * @param most the highest cost that a request may have
 */
export function judgeRequests<Context extends BaseContext>(
  judge: RequestJudge,
  most: number,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart({ request }) {
      const { query, operationName, variables } = request;
      const judged = judge.judge({ query, operationName, variables, documentId: documentIdOf(request) });
      const { persistedQuery: _, ...extensions } = request.extensions ?? {};
      request.extensions = extensions;
      if (judged === undefined) return {};
      const { errors } = judged;
      if (errors !== undefined) {
        refused.add(request);
        request.query = NOTHING;
        delete request.operationName;
        return {
          async responseForOperation() {
            return {
              body: { kind: 'single', singleResult: { errors } },
              http: { status: 400, headers: new HeaderMap() },
            };
          },
        };
      }
      request.query = judged.text;
      const wanted = request.http?.headers.get(COST_HEADER) ?? '0';
      if (wanted === '0') return {};
      return {
        async willSendResponse({ response: { body } }) {
          if (body.kind !== 'single') return;
          const cost = { estimated: judged.cost, most };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

/** The documents that may run, where Apollo Server looks for those that it has parsed and validated before. */
export function judgedDocuments(judge: RequestJudge) {
  const hashLength = 64;
  return {
    get: async (key: string): Promise<DocumentNode | undefined> => judge.document(key.slice(-hashLength)),
    set: async (): Promise<void> => {},
    delete: async (): Promise<boolean> => false,
  };
}

/** The persisted document that a request names: as Apollo's clients do it, or as the GraphQL-over-HTTP draft does. */
function documentIdOf({ extensions, http }: GraphQLRequest): unknown {
  const persisted = extensions?.persistedQuery as { readonly sha256Hash?: unknown } | null | undefined;
  if (persisted !== undefined && persisted !== null) return String(persisted.sha256Hash);
  return (http?.body as { readonly documentId?: unknown } | undefined)?.documentId;
}
