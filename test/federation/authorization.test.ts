import { ApolloGateway, type GraphQLDataSourceProcessOptions, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { describe, expect, it } from '@jest/globals';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';
import { COMPOSITIONS } from './compose.js';

interface RouterContext {
  readonly authorization?: string;
}

/** Passes on what the router's own caller sent, as README says. */
class PassingOn extends RemoteGraphQLDataSource<RouterContext> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<RouterContext>) {
    const { authorization } = context as RouterContext;
    if (authorization) request.http?.headers.set('authorization', authorization);
  }
}

describe('Behind a router that passes the header authorization on', () => {
  it('the gateway judges by its own rules, and the router tells what it refuses', async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.settings });
    const urls = { connect: `${gateway.url}/graphql`, crm: 'http://crm.invalid/graphql' };
    const router = new ApolloServer<RouterContext>({
      gateway: new ApolloGateway({
        supergraphSdl: COMPOSITIONS['@apollo/composition'](urls).supergraph,
        buildService: ({ url = '' }) => new PassingOn({ url }),
      }),
      includeStacktraceInErrorResponses: false,
      stopOnTerminationSignals: false,
    });
    await router.start();
    const ask = async (contextValue: RouterContext) => {
      const { body } = await router.executeOperation(
        { query: mutation('id name state'), variables: { input: taskInput() } },
        { contextValue },
      );
      return body.kind === 'single' ? JSON.parse(JSON.stringify(body.singleResult)) : undefined;
    };
    const creating = await ask(await issuer.bearer('tasks:create'));
    const reading = await ask(await issuer.bearer('tasks:read'));
    const unknown = await ask({});
    await router.stop();
    expect(creating).toMatchObject({
      data: { createTaskContact: { contact: { id: expect.any(String), name: 'Call back', state: null }, errors: [] } },
      errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: ['tasks:read'] } }],
    });
    expect(reading).toMatchObject({
      errors: [{ extensions: { code: 'FORBIDDEN', requiredScopes: ['tasks:create'] } }],
    });
    expect(unknown.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });
});
