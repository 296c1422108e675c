import { bareId } from '../../connect/arn.js';
import type { CallOptions, Connect } from '../../connect/connect.js';
import type { ContactsRequest } from '../../connect/contact-search.js';
import type { Contact, ContactChain } from '../../connect/contact.js';
import {
  type DecorateMethod,
  idsOf,
  METHODS,
  type MethodFacts,
  type MethodName,
  withEachMethod,
  withIds,
  withMethods,
} from '../../connect/methods.js';
import { RATES } from '../../connect/rates.js';
import { type BatchRequest, eachAnswered, eachById, type ReadByIds, readOne, rightsOf } from './read-by-ids.js';
import { type Reading, SharedReads } from './shared-reads.js';
import { ChainMemory, isTouched, type ReadSubject, touchOf } from './touched.js';

/** What the cache of contacts works with. */
export interface ReadCacheParts {
  /** How long an answer is given again, in milliseconds (CONNECT_READ_TTL_MS). 0: the cache is not there. */
  readonly ttlMs: number;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/** Answers that are kept, at most. One with a full set of attributes takes 32 KiB. */
const MAX_ENTRIES = 2_000;

/** Ids of one read that are under way at once: as many as DescribeContact takes at once by default, 15. */
const PARALLEL = RATES.DescribeContact.burst;

/** Chains of one read that are under way at once: as many as ListAssociatedContacts takes at once by default. */
const CHAINS_PARALLEL = RATES.ListAssociatedContacts.burst;

/**
 * Reads of contacts, shared: by requests that ask at the same time, and by those that ask within the TTL. A mutation through
 * this port drops what it touches, before it is answered; what other programs and replicas change shows after the TTL.
 */
export function readCached(port: Connect, { ttlMs, now }: ReadCacheParts): Connect {
  if (ttlMs === 0) return port;
  const reads = new SharedReads<ReadSubject>({ ttlMs, max: MAX_ENTRIES, now });
  const memory = new ChainMemory();

  const byIds = <Request extends BatchRequest, Thing>(
    kind: string,
    width: number,
    facts: MethodFacts,
    read: ReadByIds<Request, Thing>,
    learn: (answer: Thing) => void = () => {},
    alsoAnswers?: (answer: Thing) => readonly string[],
  ): ReadByIds<Request, Thing> => {
    return (request, options = {}) => {
      const { instanceId } = request;
      const ids = idsOf(request, facts);
      const readingOf = (id: string): Reading<Thing | null, ReadSubject> => ({
        ...place(id),
        call: async (how) => {
          const answer = await readOne(read, withIds(request, facts, [id]), how);
          if (answer !== null) learn(answer);
          return answer;
        },
        ...(alsoAnswers && { alsoAnswers: (answer) => (answer === null ? [] : alsoAnswers(answer).map(place)) }),
      });
      const place = (id: string) => ({
        key: JSON.stringify([kind, rightsOf(options), instanceId, id]),
        subject: { instanceId: bareId(instanceId), contactId: bareId(id) },
      });
      const readId = (id: string) => reads.read(readingOf(id), options);
      return alsoAnswers ? eachAnswered(ids, width, readId, alsoAnswers) : eachById(ids, width, readId);
    };
  };

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
      METHODS.describeContacts,
      (request: ContactsRequest, how) => port.describeContacts(request, how),
      (contact: Contact) => memory.learn(contact),
    ),
    listChains: byIds(
      'chain',
      CHAINS_PARALLEL,
      METHODS.listChains,
      (request: ContactsRequest, how) => port.listChains(request, how),
      learnChain,
      ({ members }: ContactChain) => members.map(({ id }) => id),
    ),
    getAttributes: byIds('attributes', PARALLEL, METHODS.getAttributes, (request: ContactsRequest, how) =>
      port.getAttributes(request, how),
    ),
    listReferences: byIds('references', PARALLEL, METHODS.listReferences, (request: ContactsRequest, how) =>
      port.listReferences(request, how),
    ),
    listAssociatedContacts: page('associated', (request, how) => port.listAssociatedContacts(request, how)),
    searchContacts: page('search', (request, how) => port.searchContacts(request, how)),
  });
}
