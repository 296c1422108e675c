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
 * Consecutive failures that open a circuit. Decision: 10, because a service that fails every fifth call almost never
 * fails ten in a row, and a service that is down soon does.
 */
const FAILURES = 10;

/** Time that a circuit stays open before a probe, in milliseconds. Each failed probe doubles it, up to the maximum. */
const OPEN_MS = { initialDelay: 1_000, maxDelay: 4_000 } as const;

/** The same times as a backoff of cockatiel. */
const OPENINGS = new ExponentialBackoff({ ...OPEN_MS, generator: noJitterGenerator });

/**
 * Makes a probe always due for cockatiel, because cockatiel compares readings of the wall clock, which may be set back.
 */
const ALWAYS = Number.NEGATIVE_INFINITY;

/** The parts of the breakers. */
export interface BreakerParts {
  readonly clock: Clock;
  readonly events: PolicyEvents;
  /** Called when the circuit of a group opens, to end the waits of the group's calls. */
  readonly onOpen: (group: Group, fault: ConnectFault) => void;
}

/** The circuits: one for each group of operations. */
export class Breakers {
  readonly #circuits = new Map<Group, Circuit>();
  readonly #parts: BreakerParts;

  constructor(parts: BreakerParts) {
    this.#parts = parts;
  }

  /** Refuses a call while its circuit is open, before the call waits for a token. */
  readonly gate: CallPolicy = (next) => async (call, send) => {
    this.#circuitOf(groupOf(call.operation)).admit();
    return next(call, send);
  };

  /** Makes calls and counts their failures. */
  readonly guard: CallPolicy = (next) => (call, send) =>
    this.#circuitOf(groupOf(call.operation)).run((isProbe) =>
      // A probe ignores the caller's signal, because a caller's deadline must not decide whether the service is back.
      next(call, isProbe ? () => send() : send),
    );

  #circuitOf(group: Group): Circuit {
    const circuit = this.#circuits.get(group) ?? new Circuit(group, this.#parts);
    this.#circuits.set(group, circuit);
    return circuit;
  }
}

/** A result that shows that the service is available: an output, or an error that only the service can return. */
type Answered<Output> = { readonly output: Output } | { readonly fault: ConnectFault };

/** A failure that counts against the service. */
class Outage extends Error {
  constructor(readonly fault: ConnectFault) {
    super(fault.message, { cause: fault });
  }
}

/**
 * One circuit. cockatiel counts failures and keeps the state. This class schedules probes, because they follow the
 * clock of the policies. It refuses calls during a probe, where cockatiel would let them wait.
 */
class Circuit {
  readonly #group: Group;
  readonly #parts: BreakerParts;
  readonly #breaker: CircuitBreakerPolicy;
  #openUntil = 0;
  /** The present open time; undefined while the circuit is closed. */
  #opening: IBackoff<unknown> | undefined;
  /**
   * Number of calls so far, and the number of the last call whose failure no longer counts, because a later call was
   * answered.
   */
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
    this.#breaker.onHalfOpen(() => this.#report('HALF_OPEN'));
    this.#breaker.onReset(() => {
      this.#opening = undefined;
      this.#report('CLOSED');
    });
  }

  /** @throws UnavailableError with the time to retry, while the circuit is open */
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
      const answered = await this.#breaker.execute(async (): Promise<Answered<Output>> => {
        try {
          const output = await work(isProbe);
          this.#answered(number);
          return { output };
        } catch (error) {
          if (!isConnectFault(error) || isCallersEnd(error)) throw error;
          if (!isOutage(error)) {
            this.#answered(number);
            return { fault: error };
          }
          // Calls that hang end late, and all at once. After a later call was answered, that is no outage.
          throw number > this.#settled ? new Outage(error) : error;
        }
      });
      if ('fault' in answered) throw answered.fault;
      return answered.output;
    } catch (error) {
      throw error instanceof Outage ? error.fault : error;
    }
  }

  /** Notes that the service answered a call. */
  #answered(number: number): void {
    this.#settled = Math.max(this.#settled, number);
  }

  #opened(): void {
    // Earlier calls show the past state of the service only.
    this.#settled = this.#sent;
    this.#opening = this.#opening?.next(undefined) ?? OPENINGS.next();
    const { duration } = this.#opening;
    this.#openUntil = this.#parts.clock.now() + duration;
    this.#report('OPEN');
    this.#parts.onOpen(this.#group, refused(new UnavailableError({ retryAfterMs: duration })));
  }

  #report(state: BreakerState): void {
    this.#parts.events.onBreaker?.({ group: this.#group, state });
  }
}

/** Returns whether an error shows an outage. Throttling and errors of callers show that the service is available. */
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

/** Returns whether an error shows nothing of the service, because a caller gave up. */
function isCallersEnd({ code }: ConnectFault): boolean {
  return code === 'Cancelled' || code === 'DeadlineExceeded';
}
