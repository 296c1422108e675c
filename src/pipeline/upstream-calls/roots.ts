import type { RatedOperation } from '../../connect/rates.js';
import { MAX_FIRST, USUAL_FIRST } from '../../graphql/connection/read-connection.js';
import type { CreateTaskContactInput } from '../../graphql/create-task-contact/create-task-contact.input.js';
import { statedBy, statesAttributes, toRequest } from '../../graphql/create-task-contact/to-request.js';
import type { Calls } from './calls.js';
import { type EstimateFacts, KNOWN_FROM_LIST } from './fields.js';
import {
  type CatalogThings,
  chainOf,
  type ContactMember,
  contacts,
  type Holder,
  holder,
  KNOWN_FROM_SEARCH,
  NOTHING_KNOWN,
  type Things,
} from './things.js';

/** Arguments as they were coerced. */
export type Arguments = Readonly<Record<string, unknown>>;

/** What a field of Query costs, and what it leads to. */
export type QueryField = (given: Arguments, calls: Calls, facts: EstimateFacts) => Things | undefined;

/** What a mutation costs. */
export interface MutationCost {
  /** Calls that it makes in any case. */
  readonly calls: number;
  /** Calls more where it is refused; then nothing that is selected is read. */
  readonly whenRefused: number;
  /** What it reads, or makes known, where it succeeds, before anything that is selected. */
  readonly reads?: (calls: Calls) => void;
  readonly payload: Holder;
}

/** What a field of Mutation costs. */
export type MutationField = (given: Arguments, facts: EstimateFacts) => MutationCost;

const keyOf = (given: unknown) => JSON.stringify(given);

/** A contact, or some, that are read whole. */
function readContacts(key: string, count: number, calls: Calls, { chainSize }: EstimateFacts): Things {
  const whole = contacts(key, count, undefined, chainOf(key, count, true), chainSize);
  calls.read('DescribeContact', key, count, whole.pool);
  return whole;
}

/** A page that begins in the middle of one of Connect's may need two of them. */
function pagesOf({ after }: Arguments): number {
  return after == null ? 1 : 2;
}

/** Items that a page holds, at most. */
function itemsOf({ first }: Arguments): number {
  return Math.min(Math.max(Number(first ?? USUAL_FIRST), 1), MAX_FIRST);
}

function listed(operation: RatedOperation, type: CatalogThings['type']): QueryField {
  return (given, calls) => {
    const key = `${operation} ${keyOf(given)}`;
    calls.read(operation, key, pagesOf(given));
    const node: CatalogThings = { type, key: `node of ${key}`, count: itemsOf(given), known: KNOWN_FROM_LIST[type] };
    return holder(key, { nodes: node, edges: holder(`edges of ${key}`, { node }) });
  };
}

/** What each field of Query costs. */
export const QUERIES: Readonly<Record<string, QueryField>> = {
  connectContact: (given, calls, facts) => readContacts(`contact ${keyOf(given)}`, 1, calls, facts),
  connectContacts(given, calls, facts) {
    const ids = new Set(given.ids as readonly string[]);
    return readContacts(`contacts ${keyOf(given)}`, ids.size, calls, facts);
  },
  connectContactChain(given, calls) {
    const key = `chain ${keyOf(given)}`;
    calls.read('ListAssociatedContacts', key, 1);
    return { type: 'ConnectContactChain', key, count: 1 };
  },
  searchConnectContacts(given, calls, { chainSize }) {
    const key = `search ${keyOf(given)}`;
    calls.read('SearchContacts', key, pagesOf(given));
    const count = itemsOf(given);
    const node = contacts(`node of ${key}`, count, KNOWN_FROM_SEARCH, chainOf(key, count, true), chainSize);
    return holder(key, { nodes: node, edges: holder(`edges of ${key}`, { node }) });
  },
  connectContactFlows: listed('ListContactFlows', 'ConnectContactFlow'),
  connectQuickConnects: listed('ListQuickConnects', 'ConnectQuickConnect'),
  connectTaskTemplates: listed('ListTaskTemplates', 'ConnectTaskTemplate'),
  connectTaskTemplate(given, calls) {
    const key = `template ${keyOf(given)}`;
    calls.read('GetTaskTemplate', key, 1);
    return { type: 'ConnectTaskTemplate', key, count: 1, known: undefined };
  },
  _service: () => undefined,
};

/** Entities that a router asks for, by their type. */
export function entities(
  given: Arguments,
  type: Exclude<Things['type'], 'holder'>,
  { chainSize }: EstimateFacts,
): Things | undefined {
  const keys = new Set(
    (given.representations as readonly Readonly<Record<string, unknown>>[])
      .filter((representation) => representation?.__typename === type)
      .map(({ instanceId, id }) => keyOf([instanceId, id])),
  );
  if (keys.size === 0) return undefined;
  const key = `${type} of ${keyOf(given.representations)}`;
  if (type === 'ConnectContact')
    return contacts(key, keys.size, NOTHING_KNOWN, chainOf(key, keys.size, false), chainSize);
  if (type === 'ConnectContactChain') return { type, key, count: keys.size, isReference: true };
  return { type, key, count: keys.size, known: NOTHING_KNOWN };
}

/** A contact of which nothing but its id is known. */
function unread(key: string, { chainSize }: EstimateFacts): Things {
  return contacts(key, 1, NOTHING_KNOWN, chainOf(key, 1, false), chainSize);
}

/** A mutation of a contact. A refusal that may be for its state is followed by a look at that. */
const ofContact =
  (whenRefused: 0 | 1): MutationField =>
  (_given, facts) => ({
    calls: 1,
    whenRefused,
    payload: holder('changed contact', { contact: unread('changed contact', facts) }),
  });

/** A template that refuses a creation is read again before it counts. */
const TEMPLATE_READS = 2;

/** What each field of Mutation costs. */
export const MUTATIONS: Readonly<Record<string, MutationField>> = {
  createTaskContact(given, { chainSize }) {
    const input = given.input as CreateTaskContactInput;
    const request = toRequest(input, '');
    const known = new Set(Object.keys(statedBy(request, undefined)) as ContactMember[]);
    const follows = request.previousContactId !== undefined;
    const contact = contacts('new contact', 1, known, chainOf('new contact', 1, !follows), chainSize);
    const reads = (calls: Calls) => {
      if (statesAttributes(request, undefined)) calls.know('GetContactAttributes', contact.chain.key);
    };
    const byTemplate = request.taskTemplateId !== undefined;
    const hasToken = Boolean(input.clientToken);
    // A full quota: which one it is, the chain tells. With a token, the template is asked only where the service refused.
    const whenRefused = byTemplate && hasToken ? TEMPLATE_READS : follows ? 1 : 0;
    return { calls: byTemplate && !hasToken ? 2 : 1, whenRefused, reads, payload: holder('creation', { contact }) };
  },
  updateConnectSharedAttributes: (_given, facts) => ({
    calls: 1,
    whenRefused: 0,
    reads: (calls) => readContacts('changed contact', 1, calls, facts),
    payload: holder('changed chain', {
      chain: { type: 'ConnectContactChain', key: chainOf('changed contact', 1, true).key, count: 1 },
    }),
  }),
  updateTaskContact: ofContact(0),
  rescheduleTaskContact: ofContact(1),
  pauseTaskContact: ofContact(1),
  resumeTaskContact: ofContact(1),
  // Its refusal may be for the contact's state, or for the number of its transfers.
  transferTaskContact: ofContact(1),
  stopTaskContact: ofContact(1),
  tagTaskContact: ofContact(0),
  untagTaskContact: ofContact(0),
};
