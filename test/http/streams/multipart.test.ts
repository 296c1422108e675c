import { describe, expect, it } from '@jest/globals';
import { ApolloClient, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { startTestGateway } from '../../support/gateway.js';
import { SAMPLE } from '../../support/engine.js';

const CHANGED = gql`
  subscription {
    connectContactChanged(of: { all: true }) {
      kind
      contact {
        id
        name
        state
      }
    }
  }
`;

const CREATE = gql`
  mutation ($input: CreateTaskContactInput!) {
    createTaskContact(input: $input) {
      contact {
        id
      }
    }
  }
`;

describe("Apollo Client's HttpLink", () => {
  it('follows changes by a multipart response, unchanged', async () => {
    await using gateway = await startTestGateway();
    const client = new ApolloClient({
      link: new HttpLink({ uri: `${gateway.url}/graphql` }),
      cache: new InMemoryCache(),
    });
    const names: string[] = [];
    const received = Promise.withResolvers<void>();
    const subscription = client
      .subscribe<{ connectContactChanged: { contact: { name: string } } }>({ query: CHANGED })
      .subscribe({
        next({ data, error }) {
          if (error) received.reject(error);
          names.push(data?.connectContactChanged.contact.name ?? '');
          if (names.at(-1) === 'last') received.resolve();
        },
        error: received.reject,
      });
    const create = (name: string) =>
      client.mutate({
        mutation: CREATE,
        variables: { input: { name, flow: { contactFlowId: SAMPLE.contactFlow } } },
      });
    // The first changes may come before the subscription has begun.
    while (names.length === 0) await create('first');
    await create('last');
    await received.promise;
    expect(new Set(names)).toEqual(new Set(['first', 'last']));
    subscription.unsubscribe();
    client.stop();
  });
});
