import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';
import { COMPOSITIONS, CONNECT_SDL } from './compose.js';

interface RouterContext {
  readonly authorization?: string;
}

/** Passes on what the router's own caller sent, as docs/federation.md says. */
class PassingOn extends RemoteGraphQLDataSource<RouterContext> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<RouterContext>) {
    const { authorization } = context as RouterContext;
    if (authorization) request.http?.headers.set('authorization', authorization);
  }
}

/** Asks through a router: the operation, and what the caller sends to say who it is. */
type Ask = (operation: { query: string; variables: object }, caller: RouterContext) => Promise<unknown>;

/** A router that passes the header authorization on. */
interface PassingRouter {
  readonly ask: Ask;
  close(): Promise<void>;
}

async function startApolloGateway(supergraphSdl: string): Promise<PassingRouter> {
  const router = new ApolloServer<RouterContext>({
    gateway: new ApolloGateway({ supergraphSdl, buildService: ({ url = '' }) => new PassingOn({ url }) }),
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
  });
  await router.start();
  return {
    async ask(operation, contextValue) {
      const { body } = await router.executeOperation(operation, { contextValue });
      return body.kind === 'single' ? body.singleResult : undefined;
    },
    close: () => router.stop(),
  };
}

async function startHiveGateway(supergraph: string): Promise<PassingRouter> {
  const router = createGatewayRuntime({
    supergraph,
    logging: false,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => {
        const authorization = request.headers.get('authorization');
        return authorization === null ? {} : { authorization };
      },
    },
  });
  return {
    async ask(operation, caller) {
      const response = await router.fetch('http://router.invalid/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...caller },
        body: JSON.stringify(operation),
      });
      return response.json();
    },
    close: async () => router[Symbol.asyncDispose](),
  };
}

describe.each([
  ['@apollo/gateway', startApolloGateway, 'plain'],
  ['Hive Gateway', startHiveGateway, 'plain'],
  ['Hive Gateway, on the secured subgraph', startHiveGateway, 'secured'],
] as const)('Behind %s that passes the header authorization on', (_router, start, sdl) => {
  it("applies the gateway's own rules, and passes its refusals on", async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.settings });
    const urls = { connect: `${gateway.url}/graphql`, crm: 'http://crm.invalid/graphql' };
    const { supergraph } = COMPOSITIONS['@apollo/composition'](urls, CONNECT_SDL[sdl]);
    const router = await start(supergraph);
    const operation = { query: mutation('id name state'), variables: { input: taskInput() } };
    const creating = await router.ask(operation, await issuer.bearer('tasks:create'));
    const reading = await router.ask(operation, await issuer.bearer('tasks:read'));
    const unknown = await router.ask(operation, {});
    await router.close();
    expect(creating).toMatchObject({
      data: { createTaskContact: { contact: { id: expect.any(String), name: 'Call back', state: null }, errors: [] } },
      errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: ['tasks:read'] } }],
    });
    expect(reading).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: ['tasks:create'] } }],
    });
    expect(unknown).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });
});
