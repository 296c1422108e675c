import { type AroundCall, sendAsItIs } from '../connect/api-call.js';
import type { Connect } from '../connect/connect.js';
import type { Rate, RatedOperation } from '../connect/rates.js';
import type { TemplateReading } from '../validation/requests/template-values.js';
import { Breakers } from './around-call/breaker.js';
import { Budget } from './around-call/budget/budget.js';
import { OwnTokens, type Tokens } from './around-call/budget/shared-tokens.js';
import { bulkheads } from './around-call/bulkhead.js';
import { stacked } from './around-call/call-policy.js';
import { inTime } from './around-call/in-time.js';
import { retries } from './around-call/retry.js';
import { catalogCached } from './around-port/catalog-cache.js';
import { withinDeadline } from './around-port/deadline.js';
import { describedByList } from './around-port/described-by-list.js';
import { type ChangedContact, type ReadCache, readCached } from './around-port/read-cache.js';
import { templateChecked } from './around-port/template-check.js';
import { type Clock, systemClock } from './clock.js';
import type { PolicyEvents } from './events.js';

/** Caches before a real instance. */
interface CacheOptions {
  /** Time to cache contacts, chains and attributes, in milliseconds. 0: no cache. */
  readonly readTtlMs: number;
  /** Time to cache flows, quick connects, templates, queues and users, in milliseconds. 0: no cache. */
  readonly catalogTtlMs: number;
  /** The rules that validate a template's values. */
  readonly templateReading: TemplateReading;
  /** The clock of the policies, in milliseconds. */
  readonly now: () => number;
}

/**
 * Wraps a port with read caches. Creations are checked by cached templates first, then comes the cache of contacts,
 * then the cache of the catalogue, which holds those templates.
 */
export function cached(port: Connect, { readTtlMs, catalogTtlMs, templateReading, now }: CacheOptions): ReadCache {
  if (catalogTtlMs === 0) return readCached(port, { ttlMs: readTtlMs, now });
  const { connect, template } = catalogCached(port, { ttlMs: catalogTtlMs, now });
  const reads = readCached(connect, { ttlMs: readTtlMs, now });
  return { ...reads, connect: templateChecked(reads.connect, { template, reading: templateReading, now }) };
}

/** The parts of the policies. */
export interface PolicyParts {
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  /** The source of the budget's tokens. Default: this process. */
  readonly tokens?: Tokens;
  /** Default: no caches. */
  readonly caches?: Omit<CacheOptions, 'now'>;
  /** The clock of the policies. Default: the clock of the process. */
  readonly clock?: Clock;
  /** Default: no events. */
  readonly events?: PolicyEvents;
  /** Part of each rate that jobs may use, above 0 and up to 1. Default: 1. */
  readonly jobShare?: number;
}

/** The policies before a real instance, in their two places. */
export interface Policies {
  /** Wraps the port: once for each call of a resolver. */
  around(connect: Connect): Connect;
  /** Wraps each call of the adapter on the API: one method of the port may need several. */
  readonly aroundCall: AroundCall;
  /** Drops a contact that another program changed from the caches. */
  forget(contact: ChangedContact): void;
  close(): Promise<void>;
}

/**
 * Puts the policies in order, the outermost first.
 *
 * Around the port stand the deadline, which bounds all that a method costs, the reads of many names by a list, which the
 * cache of the catalogue then holds, and the caches, which share the answer of a method: a caller that waits for
 * another's read keeps its own deadline. The others stand around each call on the API,
 * because only the adapter knows the calls: a chain has pages, an unpublished flow is read twice, and a refusal may
 * need a look at its reason. Each attempt of a retry passes all that follows it:
 *
 * - the circuit's gate: a call while it is open fails at once;
 * - retries: so that each repeat is counted, waits for its turn and meets the circuit;
 * - the gate again: a call that cannot be made must not wait for its turn first;
 * - the budget: a token for each attempt, in turn;
 * - in time: the answer at the deadline, even while a change that was sent continues;
 * - the bulkhead: after the budget, because a call that waits for its turn uses no connection;
 * - the circuit itself: innermost, because it counts failures of the service, not our own refusals.
 */
export function policies(parts: PolicyParts): Policies {
  const { rates, clock = systemClock, events = {} } = parts;
  const { tokens = new OwnTokens(clock.now), caches, jobShare = 1 } = parts;
  const budget = new Budget({ rates, tokens, clock, events, jobShare });
  const breakers = new Breakers({ clock, events, onOpen: (group, fault) => budget.turnAway(group, fault) });
  const reads: ReadCache[] = [];
  const withCaches = (connect: Connect): Connect => {
    if (!caches) return connect;
    const cache = cached(connect, { ...caches, now: clock.now });
    reads.push(cache);
    return cache.connect;
  };
  return {
    around: (connect) => withinDeadline(describedByList(withCaches(connect)), clock),
    forget: (contact) => {
      for (const cache of reads) cache.forget(contact);
    },
    aroundCall: stacked(
      [
        breakers.gate,
        retries({ clock, events }),
        breakers.gate,
        budget.policy,
        inTime,
        bulkheads(rates),
        breakers.guard,
      ],
      sendAsItIs,
    ),
    close: () => tokens.close(),
  };
}
