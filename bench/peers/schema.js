/** The schema of the hand-written servers, and its resolvers: what someone writes in an afternoon, with DataLoaders. */
import DataLoader from 'dataloader';
import { backend, chainIds } from './backend.js';

export const typeDefs = `
  input AttributeInput { key: String! value: String! }
  input ReferenceInput { name: String! type: String! value: String! }
  input FlowSource @oneOf { contactFlowId: ID quickConnectId: ID taskTemplateId: ID }
  input CreateTaskContactInput {
    name: String
    description: String
    flow: FlowSource!
    attributes: [AttributeInput!]
    references: [ReferenceInput!]
  }
  type Attribute { key: String! value: String! }
  type Contact { id: ID! name: String attributes: [Attribute!] previousContact: Contact chain: Chain }
  type Chain { id: ID! contacts: [Contact!]! }
  type CreateTaskContactPayload { contact: Contact }
  type Query { contact(id: ID!): Contact chain(id: ID!): Chain }
  type Mutation { createTaskContact(input: CreateTaskContactInput!): CreateTaskContactPayload! }
`;

const each = (read) => new DataLoader((ids) => Promise.all(ids.map((id) => read(id).catch((error) => error))));

/** One set of loaders a request. */
export const context = async () => ({ contacts: each(backend.contact), attributes: each(backend.attributes) });

const chainOf = (chainId) => ({ id: chainId });

export const resolvers = {
  Query: {
    contact: (_, { id }, { contacts }) => contacts.load(id),
    chain: async (_, { id }, { contacts }) => chainOf((await contacts.load(id)).chainId),
  },
  Mutation: {
    async createTaskContact(_, { input }) {
      const { name, attributes } = input;
      return { contact: { id: await backend.create(input), name, attributes } };
    },
  },
  Contact: {
    async attributes(contact, _, { attributes }) {
      if (contact.attributes) return contact.attributes;
      const shared = await attributes.load(contact.chainId);
      return Object.entries(shared).map(([key, value]) => ({ key, value }));
    },
    previousContact: ({ previousContactId }, _, { contacts }) =>
      previousContactId === undefined ? null : contacts.load(previousContactId),
    chain: ({ chainId }) => chainOf(chainId),
  },
  Chain: {
    contacts: (_chain, _, { contacts }) => contacts.loadMany(chainIds()),
  },
};
