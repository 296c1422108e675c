/**
 * A hand-written subgraph whose contacts are in memory: what `_entities` costs with @apollo/subgraph and a DataLoader.
 *
 *   PORT=4901 node peers/subgraph.js
 */
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import DataLoader from 'dataloader';
import { parse } from 'graphql';

const typeDefs = parse(`
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
  type ConnectContact @key(fields: "instanceId id") { id: ID! instanceId: ID! name: String }
  type Query { connectContact(id: ID!): ConnectContact }
`);
const resolvers = {
  ConnectContact: {
    __resolveReference: ({ id, instanceId }, { contacts }) => contacts.load(`${instanceId} ${id}`),
  },
};
const read = async (keys) =>
  keys.map((key) => {
    const [instanceId, id] = key.split(' ');
    return { id, instanceId, name: 'Call back' };
  });
await startStandaloneServer(new ApolloServer({ schema: buildSubgraphSchema([{ typeDefs, resolvers }]) }), {
  listen: { port: Number(process.env.PORT ?? 4901), host: '127.0.0.1' },
  context: async () => ({ contacts: new DataLoader(read) }),
});
