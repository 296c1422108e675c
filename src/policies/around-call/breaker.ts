import {
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhen,
  type IBackoff,
  noJitterGenerator,
} from 'cockatiel';
import { type ConnectFault, isConnectFault, UnavailableError } from '../../connect/errors.js';
import type { Clock } from '../clock.js';
import type { BreakerState, PolicyEvents } from '../events.js';
import { type Group, groupOf } from '../groups.js';
import { type CallPolicy, refused } from './call-policy.js';

/**
 * Failures in a row that open a circuit (our decision). Where one call in five fails, as on a bad day, ten in a row come
 * once in ten million calls; where all fail, they are soon there.
 */
const FAILURES = 10;

/** How long a circuit stays open before a call may probe, in milliseconds; each failed probe doubles it, to a bound. */
const OPEN_MS = { initialDelay: 1_000, maxDelay: 4_000 } as const;

/** The same as a backoff of cockatiel. */
const OPENINGS = new ExponentialBackoff({ ...OPEN_MS, generator: noJitterGenerator });

/** For cockatiel a probe is always due: it would compare readings of the wall clock, which may be set back. */
const ALWAYS = Number.NEGATIVE_INFINITY;

/** What the breakers need. */
export interface BreakerParts {
  readonly clock: Clock;
  readonly events: PolicyEvents;
  /** The circuit of a group opened: those who wait for their turn in it wait in vain. */
  readonly onOpen: (group: Group, fault: ConnectFault) => void;
}

/** The circuits, one a group of operations. */
export class Breakers {
  readonly #circuits = new Map<Group, Circuit>();
  readonly #parts: BreakerParts;

  constructor(parts: BreakerParts) {
    this.#parts = parts;
  }

  /** Refuses a call at once while its circuit is open: before it waits for its turn. */
  readonly gate: CallPolicy = (next) => async (call, send) => {
    this.#circuitOf(groupOf(call.operation)).admit();
    return next(call, send);
  };

  /** Makes calls, and watches how they end. */
  readonly guard: CallPolicy = (next) => (call, send) =>
    this.#circuitOf(groupOf(call.operation)).run((isProbe) =>
      // A probe is not broken off: a caller in a hurry must not decide whether the service is back.
      next(call, isProbe ? () => send() : send),
    );

  #circuitOf(group: Group): Circuit {
    const circuit = this.#circuits.get(group) ?? new Circuit(group, this.#parts);
    this.#circuits.set(group, circuit);
    return circuit;
  }
}

/** What speaks for the service: an output, or an error that only a service that is there can give. */
type Told<Output> = { readonly output: Output } | { readonly fault: ConnectFault };

/** What speaks against it. */
class Outage extends Error {
  constructor(readonly fault: ConnectFault) {
    super(fault.message, { cause: fault });
  }
}

/**
 * One circuit. cockatiel counts, and knows the state; when to probe is decided here, by the clock that all policies go by,
 * and a call that comes while another probes is refused, where cockatiel would let it wait.
 */
class Circuit {
  readonly #group: Group;
  readonly #parts: BreakerParts;
  readonly #breaker: CircuitBreakerPolicy;
  #openUntil = 0;
  /** How long the circuit is open since it last opened; undefined while it is closed. */
  #opening: IBackoff<unknown> | undefined;
  /** Calls so far, and the last of them that may not speak against the service any more: what was sent later knows better. */
  #sent = 0;
  #settled = 0;

  constructor(group: Group, parts: BreakerParts) {
    this.#group = group;
    this.#parts = parts;
    this.#breaker = circuitBreaker(
      handleWhen((error) => error instanceof Outage),
      { halfOpenAfter: ALWAYS, breaker: new ConsecutiveBreaker(FAILURES) },
    );
    this.#breaker.onBreak(() => this.#opened());
    this.#breaker.onHalfOpen(() => this.#tell('HALF_OPEN'));
    this.#breaker.onReset(() => {
      this.#opening = undefined;
      this.#tell('CLOSED');
    });
  }

  /** @throws UnavailableError with the time to come back, while the circuit is open */
  admit(): void {
    const { state } = this.#breaker;
    if (state === CircuitState.Closed) return;
    const wait = state === CircuitState.Open ? this.#openUntil - this.#parts.clock.now() : OPEN_MS.initialDelay;
    if (wait > 0) throw refused(new UnavailableError({ retryAfterMs: wait }));
  }

  async run<Output>(work: (isProbe: boolean) => Promise<Output>): Promise<Output> {
    this.admit();
    const isProbe = this.#breaker.state !== CircuitState.Closed;
    const number = ++this.#sent;
    try {
      const told = await this.#breaker.execute(async (): Promise<Told<Output>> => {
        try {
          const output = await work(isProbe);
          this.#isThere(number);
          return { output };
        } catch (error) {
          if (!isConnectFault(error) || saysNothing(error)) throw error;
          if (!isOutage(error)) {
            this.#isThere(number);
            return { fault: error };
          }
          // Calls that hang end long after those that were sent later, and then all at once: that is no outage by itself.
          throw number > this.#settled ? new Outage(error) : error;
        }
      });
      if ('fault' in told) throw told.fault;
      return told.output;
    } catch (error) {
      throw error instanceof Outage ? error.fault : error;
    }
  }

  /** The service answered a call. */
  #isThere(number: number): void {
    this.#settled = Math.max(this.#settled, number);
  }

  #opened(): void {
    // What was sent before tells how the service was, not how it will be.
    this.#settled = this.#sent;
    this.#opening = this.#opening?.next(undefined) ?? OPENINGS.next();
    const { duration } = this.#opening;
    this.#openUntil = this.#parts.clock.now() + duration;
    this.#tell('OPEN');
    this.#parts.onOpen(this.#group, refused(new UnavailableError({ retryAfterMs: duration })));
  }

  #tell(state: BreakerState): void {
    this.#parts.events.onBreaker?.({ group: this.#group, state });
  }
}

/** Whether an error says that the service is not there. Throttling and what callers do wrong say the contrary. */
function isOutage(fault: ConnectFault): boolean {
  switch (fault.code) {
    case 'InternalServiceException':
      return fault.passing;
    case 'Unavailable':
    case 'OutcomeUnknown':
      return true;
    default:
      return false;
  }
}

/** Whether an error tells nothing of the service: a caller had enough. */
function saysNothing({ code }: ConnectFault): boolean {
  return code === 'Cancelled' || code === 'DeadlineExceeded';
}
