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

/** What the cache of contacts works with. */
export interface ReadCacheParts {
  /** How long an answer is given again, in milliseconds (CONNECT_READ_TTL_MS). 0: the cache is not there. */
  readonly ttlMs: number;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

/** Answers that are kept, at most. One with a full set of attributes takes 32 KiB. */
const MAX_ENTRIES = 2_000;

/** Ids of one read that are under way at once: as many as DescribeContact takes at once by default, 15. */
const PARALLEL = RATES.DescribeContact.burst;

/**
 * Reads of contacts, shared: by requests that ask at the same time, and by those that ask within the TTL. A mutation through
 * this port drops what it touches, before it is answered; what other programs and replicas change shows after the TTL.
 */
export function readCached(port: Connect, { ttlMs, now }: ReadCacheParts): Connect {
  if (ttlMs === 0) return port;
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

  /** One call of the port for each id: another request that wants one of them need not wait for the others. */
  const oneByOne = <Thing>(read: Method<ContactsRequest, Answers<Thing>>) => {
    return ({ instanceId }: ContactsRequest): ReadOne<Thing> =>
      (id, how) =>
        readOne(read({ instanceId, contactIds: [id] }, how));
  };

  /** One call of the port for all ids: the adapter alone sees which of them one listing answers. */
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
        // Also where it failed: it may have taken effect all the same.
        const touch = touchOf(name, request, result);
        reads.drop((subject) => isTouched(subject, touch, memory));
        noteMade(name, request, result);
      }
    };
  };

  /** A new contact is in the chain of the contact that it follows, else in one of its own. */
  const noteMade = (name: MethodName, request: unknown, result: unknown) => {
    const { contacts, chainsOf = [], instanceId } = touchOf(name, request, result);
    const [made] = contacts;
    if (made === undefined || instanceId === undefined) return;
    const [follows] = chainsOf;
    const chainId = follows === undefined ? made : memory.chainOf(instanceId, follows);
    if (chainId !== undefined) memory.note(instanceId, made, chainId);
  };

  const learnChain = (chain: ContactChain) => {
    for (const member of chain.members) memory.note(chain.instanceId, member.id, chain.id);
  };
  const changes = withEachMethod(port, (method, facts, name) =>
    facts.kind === 'CHANGE' ? mutation(method, facts, name) : method,
  );
  return withMethods(changes, {
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
}
