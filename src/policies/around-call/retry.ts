import { ExponentialBackoff, type IBackoff } from 'cockatiel';
import type { ApiCall } from '../../connect/api-call.js';
import { type ConnectFault, endOf, isConnectFault, OutcomeUnknownError } from '../../connect/errors.js';
import type { RatedOperation } from '../../connect/rates.js';
import type { Clock } from '../clock.js';
import type { PolicyEvents } from '../events.js';
import { untilAborted } from '../until-aborted.js';
import { type CallPolicy, isRefusal } from './call-policy.js';

/** How often a call is made, at most. Where a fifth of them fail, ten in a row come once in ten million. */
const ATTEMPTS = 10;

/**
 * How often a call that was under way, or waited for its turn, when a circuit opened waits for it to close, so that a short
 * failure takes nobody along: some 7 s in all (our decision). Who comes later is refused at once, before all this.
 */
const CIRCUIT_WAITS = 3;

/**
 * How long a call that finds nothing at the address is made again, in milliseconds: a dead endpoint is reported within its
 * first second. A call without a deadline has time, and uses all its attempts.
 */
const NOT_CONNECTED_MS = 1_000;

/** The waits between attempts, in milliseconds: with jitter, about twice as long each time, to a bound. */
const BACKOFF = new ExponentialBackoff({ initialDelay: 100, maxDelay: 5_000 });

/**
 * Changes without a client token that may be made again although they may have taken effect (our decision): each sets
 * something to what it says, or takes it away, so that a second time changes nothing; to stop what has ended succeeds.
 * PauseContact and ResumeContact are not among them: a second time is a conflict with the first, told as a failure of what
 * succeeded, and a pause counts. Creations carry a token always.
 */
const SAME_WHEN_REPEATED: ReadonlySet<RatedOperation> = new Set<RatedOperation>([
  'UpdateContactAttributes',
  'UpdateContact',
  'UpdateContactSchedule',
  'StopContact',
  'TagContact',
  'UntagContact',
]);

/**
 * Makes calls again that throttling, a failure of the service, a time-out or a broken connection befell, within the
 * deadline; never what the caller did wrong, nor a full quota. Where a change may have taken effect and that does not show
 * in the end, its caller is told OutcomeUnknownError, whatever the last attempt met.
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
        // Who waits for a circuit comes some time after it may be probed, not all with the probe.
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

/** Whether a change may be there although it failed so. Connections that never came about, and 503, say that it is not. */
function mayHaveTakenEffect(fault: ConnectFault, { kind }: ApiCall): boolean {
  if (kind !== 'CHANGE') return false;
  return fault.code === 'OutcomeUnknown' || (fault.code === 'InternalServiceException' && fault.passing);
}

/** Whether no connection came about. */
function isNotConnected(fault: ConnectFault): boolean {
  return fault.code === 'Unavailable' && fault.notConnected;
}

/** Whether a refusal is that of a circuit, or of a bulkhead: both pass. What the budget refuses cannot be in time. */
function isOpenCircuit({ code }: ConnectFault): boolean {
  return code === 'Unavailable';
}

/** Whether a call that failed so is made again. */
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

/** What to say of a change that may have taken effect: what the service said of a repeat, where that settles it. */
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
  let callOff = () => {};
  const over = new Promise<void>((resolve) => {
    callOff = clock.at(clock.now() + ms, resolve);
  });
  await untilAborted(over, signal, toError).finally(callOff);
}
