import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import type { ApiCall } from '../../connect/api-call.js';
import { type ConnectFault, endOf, isConnectFault, OutcomeUnknownError } from '../../connect/errors.js';
import type { RatedOperation } from '../../connect/rates.js';
import type { Clock } from '../clock.js';
import type { PolicyEvents } from '../events.js';
import { untilAborted } from '../until-aborted.js';
import { type CallPolicy, isRefusal } from './call-policy.js';

/** Maximum number of attempts of a call. A service that fails every fifth call almost never fails ten in a row. */
const ATTEMPTS = 10;

/**
 * Maximum number of waits of one call for an open circuit to close. Decision: 3, about 7 s in all, so a short outage
 * fails no call that came before it. Later calls are refused at once, by the gate.
 */
const CIRCUIT_WAITS = 3;

/**
 * Time to retry a call without a connection, in milliseconds. A wrong address is thus reported within 1 s. A call
 * without a deadline uses all its attempts.
 */
const NOT_CONNECTED_MS = 1_000;

/** The delays between attempts, in milliseconds: about twice as long each time, with jitter, up to the maximum. */
const BACKOFF = new ExponentialBackoff({ initialDelay: 100, maxDelay: 5_000 });

/**
 * Changes without a client token that are retried even if they may have taken effect. Decision: each sets or removes a
 * value, so repeating it changes nothing, and stopping an ended contact succeeds. PauseContact,
 * ResumeContact, AssociateContactWithUser and UpdateContactTaskTemplate are excluded, because a repeat conflicts with the first call and would
 * report a success as a failure, and because pauses count. Creations always carry a token.
 */
const SAME_WHEN_REPEATED: ReadonlySet<RatedOperation> = new Set<RatedOperation>([
  'UpdateContactAttributes',
  'UpdateContact',
  'UpdateContactSchedule',
  'StopContact',
  'UpdateContactRoutingData',
  'TagContact',
  'UntagContact',
]);

/**
 * Retries calls after throttling, service failures, timeouts and broken connections, within the deadline. Errors of the
 * caller and full quotas are not retried. A change that may have taken effect ends with OutcomeUnknownError unless a
 * repeat settles the outcome, whatever the last error was.
 */
export function retries({ clock, events }: { readonly clock: Clock; readonly events: PolicyEvents }): CallPolicy {
  return (next) => async (call, send) => {
    const { signal } = call.options;
    let mayBeDone = false;
    let refusals = 0;
    let latest = call.options.deadline ?? Number.POSITIVE_INFINITY;
    let backoff: IBackoff<unknown> = BACKOFF.next();
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(call, send);
      } catch (error) {
        if (!isConnectFault(error)) throw error;
        mayBeDone ||= mayHaveTakenEffect(error, call);
        if (isNotConnected(error) && latest !== Number.POSITIVE_INFINITY) {
          latest = Math.min(latest, clock.now() + NOT_CONNECTED_MS);
        }
        const isRefused = isRefusal(error);
        // Calls that wait for a circuit come some time after the probe, not all with it.
        const ms = isRefused ? retryAfterOf(error) + backoff.duration : Math.max(backoff.duration, retryAfterOf(error));
        const isHopeless = isRefused ? !isOpenCircuit(error) || ++refusals > CIRCUIT_WAITS : !isRepeated(error, call);
        const isLast = attempt === ATTEMPTS || isHopeless || clock.now() + ms >= latest;
        if (isLast || signal?.aborted) throw mayBeDone ? unknown(error, call) : error;
        events.onRetry?.({ operation: call.operation, code: error.code, ms });
        await pause(clock, ms, signal, (ended) => (mayBeDone ? unknown(endOf(ended), call) : endOf(ended)));
        backoff = backoff.next(undefined);
      }
    }
  };
}

/**
 * Returns whether a failed change may have taken effect. It has not if no connection was established, or after status
 * 503.
 */
function mayHaveTakenEffect(fault: ConnectFault, { kind }: ApiCall): boolean {
  if (kind !== 'CHANGE') return false;
  return fault.code === 'OutcomeUnknown' || (fault.code === 'InternalServiceException' && fault.passing);
}

/** Returns whether no connection was established. */
function isNotConnected(fault: ConnectFault): boolean {
  return fault.code === 'Unavailable' && fault.notConnected;
}

/**
 * Returns whether a circuit or a bulkhead refused the call. Both are temporary; a refusal of the budget means that no
 * token comes in time.
 */
function isOpenCircuit({ code }: ConnectFault): boolean {
  return code === 'Unavailable';
}

/** Returns whether a failed call is retried. */
function isRepeated(fault: ConnectFault, call: ApiCall): boolean {
  switch (fault.code) {
    case 'ThrottlingException':
    case 'Unavailable':
      return true;
    case 'InternalServiceException':
      return fault.passing && isSameWhenRepeated(call);
    case 'OutcomeUnknown':
      return isSameWhenRepeated(call);
    default:
      return false;
  }
}

function isSameWhenRepeated({ kind, clientToken, operation }: ApiCall): boolean {
  return kind === 'READ' || clientToken !== undefined || SAME_WHEN_REPEATED.has(operation);
}

/** Returns the error of a change that may have taken effect: the answer to a repeat if it settles the outcome. */
function unknown(fault: ConnectFault, { clientToken }: ApiCall): ConnectFault {
  switch (fault.code) {
    case 'ThrottlingException':
    case 'InternalServiceException':
    case 'OutcomeUnknown':
    case 'Unavailable':
    case 'DeadlineExceeded':
    case 'Cancelled':
      return new OutcomeUnknownError(clientToken, { cause: fault });
    default:
      return fault;
  }
}

function retryAfterOf(fault: ConnectFault): number {
  return 'retryAfterMs' in fault ? (fault.retryAfterMs ?? 0) : 0;
}

async function pause(
  clock: Clock,
  ms: number,
  signal: AbortSignal | undefined,
  toError: (signal: AbortSignal) => Error,
): Promise<void> {
  let cancel = () => {};
  const over = new Promise<void>((resolve) => {
    cancel = clock.at(clock.now() + ms, resolve);
  });
  await untilAborted(over, signal, toError).finally(cancel);
}
