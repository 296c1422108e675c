import { bareId } from '../../connect/arn.js';
import type { CallOptions, Connect } from '../../connect/connect.js';
import type { Contact, ContactChain } from '../../connect/contact.js';
import { type AnyMethod, methodFacts, withMethods } from '../../connect/port-proxy.js';
import { RATES } from '../../connect/rates.js';
import { eachAnswered, eachById, type ReadByIds, readOne, rightsOf } from './read-by-ids.js';
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

  const byIds = <Thing>(
    kind: string,
    width: number,
    read: ReadByIds<Thing>,
    learn: (answer: Thing) => void = () => {},
    alsoAnswers?: (answer: Thing) => readonly string[],
  ): ReadByIds<Thing> => {
    return (instanceId, ids, options = {}) => {
      const readingOf = (id: string): Reading<Thing | null, ReadSubject> => ({
        ...place(id),
        call: async (how) => {
          const answer = await readOne(read, instanceId, id, how);
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

  const mutation = (name: string, method: AnyMethod): AnyMethod => {
    return async (...given) => {
      const [request] = given;
      let result: unknown;
      try {
        result = await method(...given);
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
  const noteMade = (name: string, request: unknown, result: unknown) => {
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
  return withMethods(
    port,
    {
      describeContacts: byIds<Contact>(
        'contact',
        PARALLEL,
        (...given) => port.describeContacts(...given),
        (contact) => memory.learn(contact),
      ),
      listChains: byIds<ContactChain>(
        'chain',
        CHAINS_PARALLEL,
        (...given) => port.listChains(...given),
        learnChain,
        ({ members }) => members.map(({ id }) => id),
      ),
      getAttributes: byIds('attributes', PARALLEL, (...given) => port.getAttributes(...given)),
      listReferences: byIds('references', PARALLEL, (...given) => port.listReferences(...given)),
      listAssociatedContacts: page('associated', (...given) => port.listAssociatedContacts(...given)),
      searchContacts: page('search', (...given) => port.searchContacts(...given)),
    },
    (name, method) => (methodFacts(name)?.effect === 'CHANGE' ? mutation(name, method) : method),
  );
}
