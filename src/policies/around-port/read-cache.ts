import { bareId } from '../../connect/arn.js';
import type { Answers, CallOptions, Connect } from '../../connect/connect.js';
import type { ContactsRequest } from '../../connect/contact-search.js';
import type { ContactChain } from '../../connect/contact.js';
import {
  type DecorateMethod,
  type Method,
  type MethodName,
  withEachMethod,
  withMethods,
} from '../../connect/methods.js';
import { RATES } from '../../connect/rates.js';
import { joinedRead, type ReadOne } from './joined-read.js';
import { eachById, readOne, rightsOf } from './read-by-ids.js';
import { type Reading, SharedReads } from './shared-reads.js';
import { ChainMemory, isTouched, type ReadSubject, touchOf } from './touched.js';

/** The parts of the cache of contacts. */
export interface ReadCacheParts {
  /** Time that an answer is cached, in milliseconds (CONNECT_READ_TTL_MS). 0: no cache. */
  readonly ttlMs: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

/** A contact that another program changed. */
export interface ChangedContact {
  readonly instanceId: string;
  readonly contactId: string;
  /** The id of its chain. */
  readonly chainId: string;
}

/** A port whose reads of contacts are cached. */
export interface ReadCache {
  readonly connect: Connect;
  /** Drops the answers that contain a contact or belong to its chain. */
  forget(contact: ChangedContact): void;
}

/** Maximum number of cached answers. An answer with all attributes takes up to 32 KiB. */
const MAX_ENTRIES = 2_000;

/** Maximum number of concurrent calls of one read: the default burst of DescribeContact, 15. */
const PARALLEL = RATES.DescribeContact.burst;

/**
 * Caches reads of contacts, and shares reads among concurrent requests. A change through this port drops the answers it
 * affects before it is answered. Changes by other programs and replicas appear after the TTL, or when they are reported.
 */
export function readCached(port: Connect, { ttlMs, now }: ReadCacheParts): ReadCache {
  if (ttlMs === 0) return { connect: port, forget: () => {} };
  const reads = new SharedReads<ReadSubject>({ ttlMs, max: MAX_ENTRIES, now });
  const memory = new ChainMemory();

  const byIds = <Thing>(
    kind: string,
    width: number,
    readerOf: (request: ContactsRequest) => ReadOne<Thing>,
    learn: (answer: Thing) => void = () => {},
    alsoAnswers: (answer: Thing) => readonly string[] = () => [],
  ): Method<ContactsRequest, Answers<Thing>> => {
    return (request, options = {}) => {
      const { instanceId, contactIds } = request;
      const read = readerOf(request);
      const place = (id: string) => ({
        key: JSON.stringify([kind, rightsOf(options), instanceId, id]),
        subject: { instanceId: bareId(instanceId), contactId: bareId(id) },
      });
      const readingOf = (id: string): Reading<Thing | null, ReadSubject> => ({
        ...place(id),
        call: async (how) => {
          const answer = await read(id, how);
          if (answer !== null) learn(answer);
          return answer;
        },
        alsoAnswers: (answer) => (answer === null ? [] : alsoAnswers(answer).map(place)),
      });
      return eachById(contactIds, width, (id) => reads.read(readingOf(id), options));
    };
  };

  /** Makes one call of the port for each id, so another request for one of them does not wait for the others. */
  const oneByOne = <Thing>(read: Method<ContactsRequest, Answers<Thing>>) => {
    return ({ instanceId }: ContactsRequest): ReadOne<Thing> =>
      (id, how) =>
        readOne(read({ instanceId, contactIds: [id] }, how));
  };

  /** Makes one call of the port for all ids, because only the adapter sees which of them one listing answers. */
  const chainsTogether = ({ instanceId }: ContactsRequest): ReadOne<ContactChain> =>
    joinedRead((contactIds, how) => port.listChains({ instanceId, contactIds }, how));

  const page = <Request extends { readonly instanceId: string }, Result>(
    kind: string,
    read: (request: Request, options?: CallOptions) => Promise<Result>,
  ) => {
    return (request: Request, options: CallOptions = {}): Promise<Result> =>
      reads.read(
        {
          key: JSON.stringify([kind, rightsOf(options), request]),
          subject: { instanceId: bareId(request.instanceId) },
          call: (how) => read(request, how),
        },
        options,
      );
  };

  const mutation: DecorateMethod = (method, _, name) => {
    return async (request, options) => {
      let result: Awaited<ReturnType<typeof method>> | undefined;
      try {
        result = await method(request, options);
        return result;
      } finally {
        // Also after a failure, because the change may have taken effect.
        const touch = touchOf(name, request, result);
        reads.drop((subject) => isTouched(subject, touch, memory));
        noteCreated(name, request, result);
      }
    };
  };

  /** Notes the chain of a new contact: that of the contact it follows, otherwise its own. */
  const noteCreated = (name: MethodName, request: unknown, result: unknown) => {
    const { contacts, chainsOf = [], instanceId } = touchOf(name, request, result);
    const [created] = contacts;
    if (created === undefined || instanceId === undefined) return;
    const [follows] = chainsOf;
    const chainId = follows === undefined ? created : memory.chainOf(instanceId, follows);
    if (chainId !== undefined) memory.note(instanceId, created, chainId);
  };

  const learnChain = (chain: ContactChain) => {
    for (const member of chain.members) memory.note(chain.instanceId, member.id, chain.id);
  };
  const changes = withEachMethod(port, (method, facts, name) =>
    facts.kind === 'CHANGE' ? mutation(method, facts, name) : method,
  );
  const connect = withMethods(changes, {
    describeContacts: byIds(
      'contact',
      PARALLEL,
      oneByOne((request, how) => port.describeContacts(request, how)),
      (contact) => memory.learn(contact),
    ),
    listChains: byIds('chain', Number.POSITIVE_INFINITY, chainsTogether, learnChain, ({ members }) =>
      members.map(({ id }) => id),
    ),
    getAttributes: byIds(
      'attributes',
      PARALLEL,
      oneByOne((request, how) => port.getAttributes(request, how)),
    ),
    listReferences: byIds(
      'references',
      PARALLEL,
      oneByOne((request, how) => port.listReferences(request, how)),
    ),
    listAssociatedContacts: page('associated', (request, how) => port.listAssociatedContacts(request, how)),
    searchContacts: page('search', (request, how) => port.searchContacts(request, how)),
  });
  return {
    connect,
    forget({ instanceId, contactId, chainId }) {
      memory.note(instanceId, contactId, chainId);
      reads.drop((subject) => isTouched(subject, { instanceId, contacts: [], chainsOf: [contactId] }, memory));
    },
  };
}
