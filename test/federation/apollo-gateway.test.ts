import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer, HeaderMap } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { createdId } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { GATEWAY_CODES, routes } from './routes.js';
import { type Router, startSupergraph } from './supergraph.js';

/** Apollo's gateway in Apollo Server, asked as a client would over HTTP. */
async function startApolloGateway(
  supergraphSdl: string,
  options: Partial<ConstructorParameters<typeof ApolloGateway>[0]> = {},
): Promise<Router> {
  const server = new ApolloServer({
    gateway: new ApolloGateway({ ...options, supergraphSdl } as ConstructorParameters<typeof ApolloGateway>[0]),
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

  it('loses a malformed representation alone: the others of the list are answered', async () => {
    /** Spoils the second representation of a list, as no subgraph of this test would. */
    const buildService = ({ url }: { readonly url?: string }) =>
      new RemoteGraphQLDataSource({
        ...(url !== undefined && { url }),
        willSendRequest({ request }) {
          const representations = request.variables?.representations as { id: unknown }[] | undefined;
          if (representations?.[1]) representations[1].id = { in: [] };
        },
      });
    const graph = await startSupergraph('@apollo/composition', (supergraph) =>
      startApolloGateway(supergraph, { buildService }),
    );
    const id = await createdId(graph.gateway, { name: 'Referred to' });
    graph.crm.remember(
      [id, 'spoilt', SAMPLE.voiceContact].map((each) => ({ instanceId: SAMPLE.instanceId, id: each })),
    );
    const { data, errors } = await graph.ask('{ contact(id: "C-1001") { tasks { connectContact { id channel } } } }');
    expect(data).toMatchObject({
      contact: {
        tasks: [
          { connectContact: { id, channel: 'TASK' } },
          { connectContact: { id: 'spoilt', channel: null } },
          { connectContact: { id: SAMPLE.voiceContact, channel: 'VOICE' } },
        ],
      },
    });
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    await graph.close();
  });
});

describe('@apollo/gateway, on a supergraph by @theguild/federation-composition', () => {
  routes('@theguild/federation-composition', startApolloGateway, {
    byVariable: 'BAD_USER_INPUT',
    byLiteral: 'GRAPHQL_VALIDATION_FAILED',
  });
});
