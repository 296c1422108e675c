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
import { readCached } from './around-port/read-cache.js';
import { templateChecked } from './around-port/template-check.js';
import { type Clock, systemClock } from './clock.js';
import type { PolicyEvents } from './events.js';

/** How calls are spared. */
interface SparingOptions {
  /** How long contacts, chains and attributes are given again: milliseconds; 0: not at all. */
  readonly readTtlMs: number;
  /** How long flows, quick connects and templates count as fresh: milliseconds; 0: not at all. */
  readonly catalogTtlMs: number;
  /** By which rules a template's values are judged. */
  readonly templateReading: TemplateReading;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * A port that spares the one behind it calls that tell nothing new. The outermost first: creations are judged by templates
 * that are kept; contacts that were read are given again; so is the catalogue, where creations find those templates.
 */
export function sparing(port: Connect, { readTtlMs, catalogTtlMs, templateReading, now }: SparingOptions): Connect {
  if (catalogTtlMs === 0) return readCached(port, { ttlMs: readTtlMs, now });
  const { connect, template } = catalogCached(port, { ttlMs: catalogTtlMs, now });
  const cached = readCached(connect, { ttlMs: readTtlMs, now });
  return templateChecked(cached, { template, reading: templateReading, now });
}

/** What policies go by. */
export interface PolicyParts {
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  /** Where the budget's tokens are. Omitted: in this process. */
  readonly tokens?: Tokens;
  /** How calls are spared that tell nothing new. Omitted: they are not. */
  readonly sparing?: Omit<SparingOptions, 'now'>;
  /** Omitted: the system's. */
  readonly clock?: Clock;
  /** Who is told what happens. Omitted: nobody. */
  readonly events?: PolicyEvents;
}

/** The policies before a real instance, in the two places where they stand. */
export interface Policies {
  /** Around the port: for what a resolver asks, once. */
  around(connect: Connect): Connect;
  /** Around each call that the adapter makes on the API: a method of the port may cost many. */
  readonly aroundCall: AroundCall;
  close(): Promise<void>;
}

/**
 * The order of the policies, the outermost first.
 *
 * Around the port stand the deadline, so that it bounds all that a method costs, and what spares calls, which shares
 * what one method answers: whoever waits for another's read still keeps to a deadline of its own. The others stand around each call on
 * the API, since only the adapter knows how many there are: a chain has pages, an unpublished flow is read twice, and a refusal
 * may need a look at what it meant. There each attempt of a retry passes all that follows it:
 *
 * - the circuit's gate: what comes while it is open is refused at once;
 * - retries: so that each repeat is counted, waits for its turn and meets the circuit;
 * - the gate again: what cannot be made must not wait for its turn first;
 * - the budget: a token for each attempt, in turn;
 * - in time: the answer at the deadline, also while a change that was sent goes on;
 * - the bulkhead: after the budget, since a call that waits for its turn takes no room;
 * - the circuit itself: innermost, since it judges by what the service does, not by what we refuse.
 */
export function policies(parts: PolicyParts): Policies {
  const { rates, clock = systemClock, events = {} } = parts;
  const { tokens = new OwnTokens(clock.now), sparing: spare } = parts;
  const budget = new Budget({ rates, tokens, clock, events });
  const breakers = new Breakers({ clock, events, onOpen: (group, fault) => budget.turnAway(group, fault) });
  return {
    around: (connect) => withinDeadline(spare ? sparing(connect, { ...spare, now: clock.now }) : connect, clock),
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
