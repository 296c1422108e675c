/**
 * What is measured: each workload with the servers that do it. A server is started anew for each run, asked until it
 * answers well, warmed, loaded, and asked once more.
 */
import { fileURLToPath } from 'node:url';
import {
  CREATE,
  CREATE_AT_HIVE,
  CREATE_AT_PEER,
  chainOf,
  entitiesOf,
  INVALID,
  NESTED_CHAIN_AT_PEER,
  nestedChainOf,
  pageOf,
  WALK_AT_HIVE,
  WALK_AT_PEER,
} from './lib/documents.js';
import { CHAIN, INSTANCE_ID } from './lib/content.js';
import { NODE_FLAGS } from './lib/flags.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The port of the server that is measured, and of the stub of Amazon Connect. */
export const PORT = 4901;
export const UPSTREAM_PORT = 4900;

const UPSTREAM = `http://127.0.0.1:${UPSTREAM_PORT}`;

/** Any keys will do: the stub looks at none. */
const AWS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_ENDPOINT_URL_CONNECT: UPSTREAM,
};

/** So high a budget that none is met: what is measured is the cost of a call. */
const NO_LIMITS = {
  CONNECT_QUOTAS: 'ActiveTasks=999999999',
  CONNECT_RATES:
    'StartTaskContact=100000/100000,DescribeContact=100000/100000,ListAssociatedContacts=100000/100000,GetContactAttributes=100000/100000',
  LOG_LEVEL: 'warn',
};

const gateway = (name, env, extra = {}) => ({
  name,
  args: [...NODE_FLAGS, here('../dist/main.js')],
  env: { ...NO_LIMITS, ...env },
  ...extra,
});
/** The gateway on a file of its own. */
export const embedded = gateway('gateway, embedded, durable', {}, { usesDatabase: true });
const onTwoCores = { ...embedded, name: `${embedded.name}, two cores`, cores: '0,1' };
const adapter = gateway(
  'gateway, AWS adapter',
  { CONNECT_ADAPTER: 'aws', CONNECT_INSTANCE_ID: INSTANCE_ID, CONNECT_READ_TTL_MS: '0', ...AWS },
  { usesUpstream: true },
);
const hand = (kind, backend = 'http') => ({
  name: `${kind}, ${backend === 'memory' ? 'nothing stored or called' : 'hand-written over HTTP'}`,
  args: [here('peers/hand.js'), kind],
  env: { BACKEND: backend, UPSTREAM },
  usesUpstream: backend === 'http',
});
const hive = {
  name: 'Hive Gateway over OpenAPI',
  args: [
    here('node_modules/.bin/hive-gateway'),
    'supergraph',
    here('peers/hive/supergraph.graphql'),
    '-c',
    here('peers/hive/gateway.config.mjs'),
    '--host',
    '127.0.0.1',
    '--port',
    PORT,
    '--fork',
    1,
  ],
  env: {},
  usesUpstream: true,
  needsSupergraph: true,
};
const sdk = (workload) => ({ name: "AWS's SDK alone, no server", sdk: workload, env: AWS, usesUpstream: true });

/** Whether a creation was answered with its contact. */
export const isCreated = (text) =>
  /"id":"[0-9a-f]{8}-/.test(text) && text.includes('gold') && !text.includes('"message"');
const isCreatedAtHive = (text) => /"ContactId":"[0-9a-f]{8}-/.test(text);
/** Whether a whole chain was answered, each contact with its attributes. */
export const hasChain = (text) => text.includes('Task 0"') && text.split('gold').length === CHAIN.length + 1;

/** What a server of the workload is sent: one request all the time, or several in turn. */
const at = (server, body, isGood) => ({ server, body, isGood });

const memory = (kind) => hand(kind, 'memory');

/** The workloads by their letters. */
export const WORKLOADS = {
  a: {
    title: 'createTaskContact with attributes and a reference, embedded, durable',
    runs: [
      at(memory('raw'), () => CREATE_AT_PEER, isCreated),
      at(embedded, () => CREATE, isCreated),
      at(onTwoCores, () => CREATE, isCreated),
      at(memory('apollo'), () => CREATE_AT_PEER, isCreated),
      at(memory('mercurius'), () => CREATE_AT_PEER, isCreated),
      at(memory('yoga'), () => CREATE_AT_PEER, isCreated),
    ],
  },
  b: {
    title: 'createTaskContact through the AWS adapter',
    runs: [
      at(hand('raw'), () => CREATE_AT_PEER, isCreated),
      at(adapter, () => CREATE, isCreated),
      at(sdk('create')),
      at(hand('apollo'), () => CREATE_AT_PEER, isCreated),
      at(hand('mercurius'), () => CREATE_AT_PEER, isCreated),
      at(hive, () => CREATE_AT_HIVE, isCreatedAtHive),
    ],
  },
  c: {
    title: 'A chain of 12 with names and attributes',
    note: 'the embedded engine is asked for 32 chains in turn, since callers of the same one would share a read',
    runs: [
      at(hand('raw'), () => WALK_AT_PEER, hasChain),
      at(embedded, ({ lasts }) => lasts.map(chainOf), hasChain),
      at(adapter, () => chainOf(CHAIN.at(-1).id), hasChain),
      at(sdk('chain')),
      at(hand('apollo'), () => WALK_AT_PEER, hasChain),
      at(hand('mercurius'), () => WALK_AT_PEER, hasChain),
      at(hive, () => WALK_AT_HIVE, hasChain),
    ],
  },
  slow: {
    title: 'The chain of 12 where each call takes 20 ms, one caller',
    connections: 1,
    delayMs: 20,
    runs: [
      at(hand('raw'), () => WALK_AT_PEER, hasChain),
      at(adapter, () => chainOf(CHAIN.at(-1).id), hasChain),
      at(hand('apollo'), () => WALK_AT_PEER, hasChain),
      at(hand('mercurius'), () => WALK_AT_PEER, hasChain),
      at(hive, () => WALK_AT_HIVE, hasChain),
    ],
  },
  nested: {
    title: 'The chain of 12 with everything nested once more, the peer from its own memory',
    note: 'the embedded engine is asked for 32 chains in turn',
    runs: [
      at(memory('apollo'), () => NESTED_CHAIN_AT_PEER, hasChain),
      at(embedded, ({ lasts }) => lasts.map(nestedChainOf), hasChain),
    ],
  },
  d: {
    title: 'A page of 100 contacts with chains and attributes, embedded',
    runs: [
      at(
        embedded,
        ({ page }) => pageOf(page),
        (text) => text.split('linkedTaskCount').length === 101,
      ),
    ],
  },
  e: {
    title: 'A creation with five violations',
    runs: [
      at(embedded, () => CREATE, isCreated),
      at(
        { ...embedded, name: 'gateway, the invalid one' },
        () => INVALID,
        (text) => text.split('"message"').length >= 6,
      ),
    ],
  },
  f: {
    title: '_entities with 100 representations, embedded',
    runs: [
      at(
        { name: 'hand-written subgraph (Apollo), contacts in memory', args: [here('peers/subgraph.js')], env: {} },
        ({ page }) => entitiesOf(page),
        (text) => text.split('Call back').length === 101,
      ),
      at(
        embedded,
        ({ page }) => entitiesOf(page),
        (text) => text.split('Call back').length === 101,
      ),
    ],
  },
};
