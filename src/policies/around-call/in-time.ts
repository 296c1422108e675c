import { endOf, OutcomeUnknownError } from '../../connect/errors.js';
import type { CallPolicy } from './call-policy.js';
import { untilAborted } from '../until-aborted.js';

/**
 * Answers when the caller's signal fires, even while the call continues. A change that was sent runs to its end. Its
 * caller gets OutcomeUnknownError with the client token, which can reveal the outcome.
 */
export const inTime: CallPolicy = (next) => (call, send) => {
  const { clientToken, kind, options } = call;
  let sent = false;
  const answer = next(call, (signal) => {
    sent = true;
    return send(signal);
  });
  return untilAborted(answer, options.signal, (signal) =>
    sent && kind === 'CHANGE' ? new OutcomeUnknownError(clientToken, { cause: endOf(signal) }) : endOf(signal),
  );
};
