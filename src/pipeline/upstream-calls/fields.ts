import type { Calls } from './calls.js';
import {
  type CatalogThings,
  type Chains,
  type ChainOf,
  type ContactMember,
  type Contacts,
  chainOf,
  contacts,
  KNOWN_FROM_LISTING,
  NOTHING_KNOWN,
  type Things,
} from './things.js';

/** What estimating goes by. */
export interface EstimateFacts {
  /** Contacts that a chain holds, at most: its linked tasks and the contact that it began with. */
  readonly chainSize: number;
}

/** What a field of some things costs, and what it leads to. */
type FieldOf<Parents> = (parents: Parents, calls: Calls, facts: EstimateFacts) => Things | undefined;

/** Reads contacts where what is asked is not known of them. */
function describe(parents: Contacts, calls: Calls, ...members: readonly ContactMember[]): void {
  const { known, key, count, pool } = parents;
  if (known === undefined || members.every((member) => known.has(member))) return;
  calls.read('DescribeContact', key, count, pool);
}

const free = () => undefined;

const told =
  (...members: readonly ContactMember[]): FieldOf<Contacts> =>
  (parents, calls) => {
    describe(parents, calls, ...members);
    return undefined;
  };

const CONTACT: Readonly<Record<string, FieldOf<Contacts>>> = {
  id: free,
  instanceId: free,
  arn: told('arn'),
  channel: told('channel'),
  name: told('name'),
  description: told('description'),
  state: told('state'),
  allowedActions: told('channel', 'state'),
  initiationMethod: told('initiationMethod'),
  initiatedAt: told('initiatedAt'),
  scheduledTime: told('scheduledTime'),
  expiresAt: told('expiresAt'),
  endedAt: told('endedAt'),
  updatedAt: told('updatedAt'),
  disconnectReason: told('disconnectReason'),
  queue: told('queue'),
  agent: told('agent'),
  tags: told('tags'),
  taskTemplate(parents, calls) {
    describe(parents, calls, 'taskTemplate');
    const { key, count, known } = parents;
    // What was read tells its name; a creation knows nothing but its id.
    const toldOf = known?.has('taskTemplate') ? NOTHING_KNOWN : new Set(['arn', 'name']);
    return { type: 'ConnectTaskTemplate', key: `template of ${key}`, count, known: toldOf };
  },
  references(parents, calls) {
    if (parents.known?.has('references')) return undefined;
    describe(parents, calls, 'references');
    calls.read('ListContactReferences', parents.key, parents.count, parents.pool);
    return undefined;
  },
  attributes({ key, count, chain }, calls) {
    if (chain.isKnown) calls.read('GetContactAttributes', chain.key, chain.count);
    else calls.read('GetContactAttributes', key, count);
    return undefined;
  },
  previousContact(parents, calls, { chainSize }) {
    describe(parents, calls, 'previousContactId');
    const { key, count, chain } = parents;
    const previous = `contact before ${key}`;
    const itsChain = chain.isKnown ? chain : chainOf(previous, count, false);
    return contacts(previous, count, NOTHING_KNOWN, itsChain, chainSize);
  },
  relatedContact(parents, calls, { chainSize }) {
    describe(parents, calls, 'relatedContactId');
    const related = `contact related to ${parents.key}`;
    return contacts(related, parents.count, NOTHING_KNOWN, chainOf(related, parents.count, false), chainSize);
  },
  chain({ chain }, calls) {
    if (!chain.isKnown) list(chain, calls);
    return { type: 'ConnectContactChain', key: chain.key, count: chain.count };
  },
};

/** A chain is short, so that its listing is one page: only a chain with a hundred related contacts has more. */
function list({ key, count }: Pick<ChainOf, 'key' | 'count'>, calls: Calls): void {
  calls.read('ListAssociatedContacts', key, count);
}

/** Contacts of some chains. */
function members(
  { key, count }: Chains,
  which: string,
  each: number,
  known: Contacts['known'],
  { chainSize }: EstimateFacts,
): Contacts {
  return contacts(`${which} of ${key}`, count * each, known, { key, count, isKnown: true }, chainSize);
}

const listed: FieldOf<Chains> = (parents, calls) => {
  list(parents, calls);
  return undefined;
};

const sharedAttributes: FieldOf<Chains> = ({ key, count }, calls) => {
  calls.read('GetContactAttributes', key, count);
  return undefined;
};

const CHAIN: Readonly<Record<string, FieldOf<Chains>>> = {
  id: free,
  instanceId: free,
  linkedTaskLimit: free,
  attributeBytesLimit: free,
  linkedTaskCount: listed,
  remaining: listed,
  sharedAttributes,
  attributeBytes: sharedAttributes,
  initialContact(parents, calls, facts) {
    const first = members(parents, 'first', 1, NOTHING_KNOWN, facts);
    // Whether there is such a chain, a router's reference does not tell.
    if (parents.isReference) calls.read('DescribeContact', first.key, first.count, first.pool);
    return first;
  },
  latestContact(parents, calls, facts) {
    list(parents, calls);
    return members(parents, 'latest', 1, KNOWN_FROM_LISTING, facts);
  },
  contacts(parents, calls, facts) {
    list(parents, calls);
    return members(parents, 'members', facts.chainSize, KNOWN_FROM_LISTING, facts);
  },
};

const lazily =
  (field: string, read: (parents: CatalogThings, calls: Calls) => void): FieldOf<CatalogThings> =>
  (parents, calls) => {
    if (parents.known !== undefined && !parents.known.has(field)) read(parents, calls);
    return undefined;
  };

/** A flow that was never published is read twice: its published content, then what is saved. */
const describeFlow = ({ key, count }: CatalogThings, calls: Calls) => {
  calls.read('DescribeContactFlow', key, 2 * count);
};
const describeQuickConnect = ({ key, count }: CatalogThings, calls: Calls) => {
  calls.read('DescribeQuickConnect', key, count);
};
const getTemplate = ({ key, count }: CatalogThings, calls: Calls) => {
  calls.read('GetTaskTemplate', key, count);
};

const each = (fields: readonly string[], read: (parents: CatalogThings, calls: Calls) => void) => ({
  id: free,
  instanceId: free,
  ...Object.fromEntries(fields.map((field) => [field, lazily(field, read)])),
});

const FLOW = each(['arn', 'name', 'type', 'state', 'canStartTask'], describeFlow);
const QUICK_CONNECT = each(['arn', 'name', 'type', 'canStartTask'], describeQuickConnect);
const TEMPLATE: Readonly<Record<string, FieldOf<CatalogThings>>> = {
  ...each(['arn', 'name', 'description', 'status', 'fields'], getTemplate),
  contactFlow(parents, calls, facts) {
    lazily('contactFlow', getTemplate)(parents, calls, facts);
    const { key, count } = parents;
    return { type: 'ConnectContactFlow', key: `flow of ${key}`, count, known: NOTHING_KNOWN };
  },
};

/** What each field of the types that can cost a call costs. The fields of all other types are told as they are. */
export const FIELDS: Readonly<Record<Exclude<Things['type'], 'holder'>, Readonly<Record<string, FieldOf<never>>>>> = {
  ConnectContact: CONTACT,
  ConnectContactChain: CHAIN,
  ConnectContactFlow: FLOW,
  ConnectQuickConnect: QUICK_CONNECT,
  ConnectTaskTemplate: TEMPLATE,
};

/** What a list tells of each of its things. */
export const KNOWN_FROM_LIST: Readonly<Record<CatalogThings['type'], ReadonlySet<string>>> = {
  ConnectContactFlow: new Set(Object.keys(FLOW)),
  ConnectQuickConnect: new Set(Object.keys(QUICK_CONNECT)),
  // A description too, where there is one: where not, that takes a read to know.
  ConnectTaskTemplate: new Set(['arn', 'name', 'status']),
};
