/**
 * A supergraph of two: the gateway, and a CRM that adds the customer to each contact. Composed and served here by Apollo's
 * libraries; any other composition and router of Federation 2 take the same two subgraphs.
 *
 *     npm start                        # in another terminal
 *     npm run example:supergraph
 */
import { readFileSync } from 'node:fs';
import { composeServices } from '@apollo/composition';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

const [connectUrl = 'http://127.0.0.1:4000/graphql', routerPort = '4200'] = process.argv.slice(2);
const sdlOf = (path) => parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
const connect = sdlOf('../../schema/subgraph.graphql');
const crm = sdlOf('crm.graphql');

/** The call of the sample instance; README lists it. */
const CALL = { instanceId: '10000000-0000-4000-8000-000000000001', id: '50000000-0000-4000-8000-000000000001' };

/** The one customer that this CRM has: whatever happens at the contact centre is theirs. */
const ana = { id: 'C-1001', name: 'Ana Silva', lastContact: CALL };

const crmServer = new ApolloServer({
  schema: buildSubgraphSchema([
    {
      typeDefs: crm,
      resolvers: {
        Query: { customer: (_, { id }) => (id === ana.id ? ana : null) },
        // A contact comes by its key, as the router has it from the gateway.
        ConnectContact: { customer: () => ana },
      },
    },
  ]),
  plugins: [ApolloServerPluginInlineTraceDisabled()],
});
const { url: crmUrl } = await startStandaloneServer(crmServer, { listen: { host: '127.0.0.1', port: 0 } });

const { supergraphSdl, errors } = composeServices([
  { name: 'connect', url: connectUrl, typeDefs: connect },
  { name: 'crm', url: crmUrl, typeDefs: crm },
]);
if (errors) throw new Error(`The subgraphs do not compose: ${errors.join('; ')}`);

// The server reports a port in use by an event that startStandaloneServer leaves without a listener.
process.once('uncaughtException', ({ code, message }) => {
  const inUse = `Port ${routerPort} is in use. Choose another one: npm run example:supergraph -- ${connectUrl} 4201`;
  console.error(code === 'EADDRINUSE' ? inUse : message);
  process.exit(1);
});
/** Sends the caller's authorization header to the subgraphs, so that each checks what the caller may do. */
class AuthorizedSource extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    if (context.authorization) request.http.headers.set('authorization', context.authorization);
  }
}

const gateway = new ApolloGateway({ supergraphSdl, buildService: ({ url }) => new AuthorizedSource({ url }) });
const router = new ApolloServer({ gateway });
const { url } = await startStandaloneServer(router, {
  listen: { host: '127.0.0.1', port: Number(routerPort) },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
});
console.log(`The supergraph is at ${url}`);
