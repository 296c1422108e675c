import type { ApolloServerPlugin } from '@apollo/server';
import { answerType } from '../util/accept.js';

/**
 * The media type that the client prefers, and the status of a well-formed request whose GraphQL is wrong (it does not
 * parse, validate or coerce), by the GraphQL-over-HTTP draft: 400 as application/graphql-response+json, 200 as plain
 * JSON. Routers take the latter: they would report a 400 as a failed subrequest, with this gateway's address in it.
 */
export function statusRule(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ source, request, response }) {
          const type = answerType(request.http?.headers.get('accept')) ?? 'application/json';
          response.http.headers.set('content-type', `${type}; charset=utf-8`);
          const wasWellFormed = source !== undefined;
          if (response.http.status === 400 && wasWellFormed && type === 'application/json') response.http.status = 200;
        },
      };
    },
  };
}
