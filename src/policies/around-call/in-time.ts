import { endOf, OutcomeUnknownError } from '../../connect/errors.js';
import type { CallPolicy } from './call-policy.js';
import { untilAborted } from '../until-aborted.js';

/**
 * Answers when the caller's signal fires, whatever the call is doing. A change that was sent goes on to its end, and its
 * caller learns that its outcome is unknown, with the token that tells.
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
