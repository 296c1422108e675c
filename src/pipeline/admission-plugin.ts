import type { ApolloServerPlugin, BaseContext, GraphQLRequest, GraphQLRequestContext } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import { type DocumentNode, parse } from 'graphql';
import type { RequestJudge } from './admission.js';

/** A client that sends this header with any value but 0 is told what its request costs, in extensions.cost. */
export const COST_HEADER = 'x-graphql-cost';

const refused = new WeakSet<GraphQLRequest>();

/** Whether a request was refused before it ran: what runs in its place is none of its own. */
export function wasRefused(request: GraphQLRequest): boolean {
  return refused.has(request);
}

/** What runs in place of a request that is refused; its answer is thrown away before it is made. */
const NOTHING = '{ __typename }';
const NOTHING_READ = parse(NOTHING);

/**
 * Lets Apollo Server run what may run, and answer the rest with why it may not.
 *
 * @param most the highest cost that a request may have
 */
export function judgeRequests<Context extends BaseContext>(
  judge: RequestJudge,
  most: number,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(context) {
      const { request } = context;
      const { query, operationName, variables } = request;
      const judged = judge.judge({ query, operationName, variables, documentId: documentIdOf(request) });
      if (judged === undefined) return;
      const { errors } = judged;
      if (errors !== undefined) {
        refused.add(request);
        delete request.operationName;
        hand(context, NOTHING, NOTHING_READ);
        return {
          async responseForOperation() {
            return {
              body: { kind: 'single', singleResult: { errors } },
              http: { status: 400, headers: new HeaderMap() },
            };
          },
        };
      }
      hand(context, judged.text, judged.document);
      const wanted = request.http?.headers.get(COST_HEADER) ?? '0';
      if (wanted === '0') return;
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

/**
 * Hands a document to Apollo Server that was read and judged already: it parses and validates what comes without one alone.
 * The text comes as a persisted query under itself as its hash, see {@link HANDED_TEXTS}: Apollo Server hashes any other, to
 * find its document by, which takes 8 µs.
 */
function hand<Context extends BaseContext>(
  context: GraphQLRequestContext<Context>,
  text: string,
  document: DocumentNode,
): void {
  const persistedQuery = { version: 1, sha256Hash: text };
  Object.assign(context, { document });
  Object.assign(context.request, { query: undefined, extensions: { ...context.request.extensions, persistedQuery } });
}

/** What Apollo Server puts before the keys of its automatic persisted queries. */
const KEY_PREFIX = 'apq:';

/**
 * The texts of documents that were handed over, where Apollo Server looks for persisted queries. Clients register none: those
 * of the manifest are named, the others are sent, and neither comes this far before it was judged.
 */
export const HANDED_TEXTS = {
  get: async (key: string): Promise<string> => key.slice(KEY_PREFIX.length),
  set: async (): Promise<void> => {},
  delete: async (): Promise<boolean> => false,
};

/** The persisted document that a request names: as Apollo's clients do it, or as the GraphQL-over-HTTP draft does. */
function documentIdOf({ extensions, http }: GraphQLRequest): unknown {
  const persisted = extensions?.persistedQuery as { readonly sha256Hash?: unknown } | null | undefined;
  if (persisted !== undefined && persisted !== null) return String(persisted.sha256Hash);
  return (http?.body as { readonly documentId?: unknown } | undefined)?.documentId;
}
