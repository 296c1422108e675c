import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

/**
 * A CRM as a neighbour in the supergraph: it extends ConnectContact by its key, and has types and fields of its own whose
 * names a gateway without prefixes would have taken.
 */
export const CRM_SDL = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])

  type Query {
    contact(id: ID!): Contact
    contactChain(id: ID!): ContactChain
  }
  type Mutation {
    createTask(title: String!): CreateTaskPayload!
  }

  type ConnectContact @key(fields: "instanceId id") {
    instanceId: ID!
    id: ID!
    customer: Contact
  }

  type Contact @key(fields: "id") {
    id: ID!
    name: String!
    tasks: [Task!]!
  }
  type Task {
    title: String!
    state: TaskState!
    connectContact: ConnectContact
  }
  type ContactChain {
    id: ID!
    contacts: [Contact!]!
  }
  enum TaskState { OPEN DONE }
  type CreateTaskPayload {
    task: Task
    errors: [UserError!]!
  }
  interface UserError {
    message: String!
  }
  type InvalidInputError implements UserError {
    message: String!
  }
`;

/** A contact of Amazon Connect, as the CRM remembers it. */
export interface ContactReference {
  readonly instanceId: string;
  readonly id: string;
}

/** A running CRM. */
export interface Crm {
  readonly url: string;
  /** The contacts of Amazon Connect that the customer's tasks stand for. */
  remember(references: readonly ContactReference[]): void;
  close(): Promise<void>;
}

/** Starts the CRM on a free port. It has one customer, Ana Silva, to whom every contact belongs. */
export async function startCrm(): Promise<Crm> {
  let remembered: readonly ContactReference[] = [];
  const ana = {
    id: 'C-1001',
    name: 'Ana Silva',
    tasks: () => remembered.map((connectContact, index) => ({ title: `Task ${index}`, state: 'OPEN', connectContact })),
  };
  const resolvers = {
    Query: {
      contact: (_: unknown, { id }: { id: string }) => (id === ana.id ? ana : null),
      contactChain: (_: unknown, { id }: { id: string }) => ({ id, contacts: [ana] }),
    },
    Mutation: {
      createTask: (_: unknown, { title }: { title: string }) => ({ task: { title, state: 'OPEN' }, errors: [] }),
    },
    ConnectContact: { customer: () => ana },
    Contact: { __resolveReference: ({ id }: { id: string }) => (id === ana.id ? ana : null) },
    UserError: { __resolveType: () => 'InvalidInputError' },
  };
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs: parse(CRM_SDL), resolvers }]),
    plugins: [ApolloServerPluginInlineTraceDisabled()],
    stopOnTerminationSignals: false,
  });
  const { url } = await startStandaloneServer(server, { listen: { host: '127.0.0.1', port: 0 } });
  return {
    url,
    remember(references) {
      remembered = references;
    },
    close: () => server.stop(),
  };
}
