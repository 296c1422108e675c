/** The operations of the workloads, for the gateway and for its peers, each as the schema in question says it. */
import { CHAIN, CONTACT_FLOW_ID, CREATION, INSTANCE_ID } from './content.js';

const WALK_LENGTH = CHAIN.length;

const { contactFlowId, ...INPUT } = CREATION;

const SELECTED = 'contact { id name attributes { key value } }';

/** createTaskContact with attributes and a reference. */
export const CREATE = {
  query: `mutation Create($input: CreateTaskContactInput!) { createTaskContact(input: $input) { ${SELECTED} errors { code message path } } }`,
  variables: { input: { ...INPUT, flow: { contactFlowId } } },
};

/** The same for servers whose payload knows no errors. */
export const CREATE_AT_PEER = {
  query: `mutation Create($input: CreateTaskContactInput!) { createTaskContact(input: $input) { ${SELECTED} } }`,
  variables: CREATE.variables,
};

/** The same for a gateway over an OpenAPI description: it answers the id alone, as the service does. */
export const CREATE_AT_HIVE = {
  query: 'mutation Create($input: StartTaskContactInput_Input!) { startTaskContact(input: $input) { ContactId } }',
  variables: {
    input: {
      InstanceId: INSTANCE_ID,
      Name: INPUT.name,
      Description: INPUT.description,
      ContactFlowId: CONTACT_FLOW_ID,
      Attributes: Object.fromEntries(INPUT.attributes.map(({ key, value }) => [key, value])),
    },
  },
};

/** A creation with five things wrong. */
export const INVALID = {
  query: CREATE.query,
  variables: {
    input: {
      name: 'n'.repeat(513),
      description: 'd'.repeat(4097),
      flow: { contactFlowId },
      attributes: [{ key: 'bad key!', value: 'x' }],
      references: [{ name: 'Order', type: 'URL', value: 'not a url' }],
      scheduledTime: '2001-01-01T00:00:00Z',
    },
  },
};

/** A chain with names and attributes, by any of its contacts. */
export const chainOf = (contactId) => ({
  query:
    'query Chain($id: ID!) { connectContactChain(contactId: $id) { id contacts { id name attributes { key value } previousContact { id } } } }',
  variables: { id: contactId },
});

/** The same with everything nested once more: nothing of it may be read twice. */
export const nestedChainOf = (contactId) => ({
  query:
    'query Chain($id: ID!) { connectContactChain(contactId: $id) { id contacts { id name attributes { key value } previousContact { id name } chain { id contacts { id name } } } } }',
  variables: { id: contactId },
});

export const NESTED_CHAIN_AT_PEER = {
  query:
    'query Chain($id: ID!) { chain(id: $id) { id contacts { id name attributes { key value } previousContact { id name } chain { id contacts { id name } } } } }',
  variables: { id: CHAIN.at(-1).id },
};

/** The chain for servers that have no chain: link by link. */
export const WALK_AT_PEER = {
  query: `query Chain($id: ID!) { contact(id: $id) { ${walk(WALK_LENGTH, 'id name attributes { key value }', 'previousContact')} } }`,
  variables: { id: CHAIN.at(-1).id },
};

export const WALK_AT_HIVE = {
  query: `query Chain($instance: String!, $id: String!) { describeContact(InstanceId: $instance, ContactId: $id) { ${walk(WALK_LENGTH, 'Contact { Id Name } attributes { Attributes }', 'previousContact')} } }`,
  variables: { instance: INSTANCE_ID, id: CHAIN.at(-1).id },
};

/** A page of contacts with their chains and attributes. */
export const pageOf = (ids) => ({
  query:
    'query Page($ids: [ID!]!) { connectContacts(ids: $ids) { id name state attributes { key value } chain { id linkedTaskCount contacts { id } } } }',
  variables: { ids },
});

/** What a router asks a subgraph for. */
export const entitiesOf = (ids) => ({
  query:
    'query Entities($representations: [_Any!]!) { _entities(representations: $representations) { ... on ConnectContact { id name } } }',
  variables: {
    representations: ids.map((id) => ({ __typename: 'ConnectContact', instanceId: INSTANCE_ID, id })),
  },
});

function walk(depth, fields, link) {
  return depth === 1 ? fields : `${fields} ${link} { ${walk(depth - 1, fields, link)} }`;
}
