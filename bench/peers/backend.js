/**
 * What the hand-written servers ask: the stub of Amazon Connect over undici's pool, which costs least of Node's clients,
 * or the same things in their own memory (BACKEND=memory).
 */
import { Pool } from 'undici';
import { CHAIN, CHAIN_ATTRIBUTES, INSTANCE_ID } from '../lib/content.js';

const { BACKEND = 'http', UPSTREAM = 'http://127.0.0.1:4900' } = process.env;

const pool = new Pool(UPSTREAM, { connections: 64, pipelining: 1 });

async function ask(method, path, body) {
  const answer = await pool.request({
    method,
    path,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  if (answer.statusCode !== 200) throw new Error(`The upstream answered ${answer.statusCode}`);
  return answer.body.json();
}

const http = {
  async create(input) {
    const { ContactId } = await ask('PUT', '/contact/task', toRequest(input));
    return ContactId;
  },
  async contact(id) {
    const { Contact } = await ask('GET', `/contacts/${INSTANCE_ID}/${id}`);
    return {
      id: Contact.Id,
      name: Contact.Name,
      chainId: Contact.InitialContactId,
      previousContactId: Contact.PreviousContactId,
    };
  },
  async attributes(chainId) {
    const { Attributes } = await ask('GET', `/contact/attributes/${INSTANCE_ID}/${chainId}`);
    return Attributes;
  },
};

const contacts = new Map(CHAIN.map((contact) => [contact.id, { ...contact, chainId: CHAIN[0].id }]));
let made = 0;

const memory = {
  async create() {
    return `70000000-0000-4000-8000-${String(made++).padStart(12, '0')}`;
  },
  async contact(id) {
    return contacts.get(id);
  },
  async attributes() {
    return CHAIN_ATTRIBUTES;
  },
};

/** Creates, reads a contact, reads a chain's attributes. */
export const backend = BACKEND === 'memory' ? memory : http;

/** The ids of a chain's contacts. Only what is in memory knows them without a walk. */
export const chainIds = () => CHAIN.map(({ id }) => id);

function toRequest({ name, description, flow, attributes = [], references = [] }) {
  return {
    InstanceId: INSTANCE_ID,
    Name: name,
    Description: description,
    ContactFlowId: flow.contactFlowId,
    Attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])),
    References: Object.fromEntries(references.map((each) => [each.name, { Type: each.type, Value: each.value }])),
  };
}
