import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { describe } from '@jest/globals';
import { GATEWAY_CODES, routes } from './routes.js';
import type { Router } from './supergraph.js';

/** Apollo's gateway in Apollo Server, asked as a client would over HTTP. */
async function startApolloGateway(supergraphSdl: string): Promise<Router> {
  const server = new ApolloServer({
    gateway: new ApolloGateway({ supergraphSdl }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await server.start();
  return {
    async run(query, variables) {
      const { body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([['content-type', 'application/json']]),
          search: '',
          body: { query, variables },
        },
        context: async () => ({}),
      });
      if (body.kind !== 'complete') throw new Error('Expected one answer, but got several');
      return body.string;
    },
    close: () => server.stop(),
  };
}

describe('@apollo/gateway, on a supergraph by @apollo/composition', () => {
  routes('@apollo/composition', startApolloGateway, GATEWAY_CODES);
});

describe('@apollo/gateway, on a supergraph by @theguild/federation-composition', () => {
  routes('@theguild/federation-composition', startApolloGateway, {
    byVariable: 'BAD_USER_INPUT',
    byLiteral: 'GRAPHQL_VALIDATION_FAILED',
  });
});
