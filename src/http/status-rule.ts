import type { ApolloServerPlugin } from '@apollo/server';

const GRAPHQL_RESPONSE = 'application/graphql-response+json';

/**
 * The status of a well-formed request whose GraphQL is wrong (it does not parse, validate or coerce), by the
 * GraphQL-over-HTTP draft: 400 for clients that prefer application/graphql-response+json, 200 for all others. Routers
 * are among those: they would report a 400 as a failed subrequest, with this gateway's address in it.
 */
export function statusRule(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ source, request, response }) {
          const wasWellFormed = source !== undefined;
          if (response.http.status !== 400 || !wasWellFormed) return;
          if (prefersGraphqlResponse(request.http?.headers.get('accept'))) {
            response.http.headers.set('content-type', `${GRAPHQL_RESPONSE}; charset=utf-8`);
          } else {
            response.http.status = 200;
          }
        },
      };
    },
  };
}

/** Whether a client names the media type for GraphQL responses, and not plain JSON before it. */
export function prefersGraphqlResponse(accept = ''): boolean {
  const weights = new Map<string, number>();
  accept
    .toLowerCase()
    .split(',')
    .forEach((range, index) => {
      const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      // Of equal qualities, the one that stands first wins.
      weights.set(type, Number(quality ?? 1) - index / 1_000_000);
    });
  const wanted = weights.get(GRAPHQL_RESPONSE) ?? 0;
  return wanted > 0 && wanted > (weights.get('application/json') ?? 0);
}
