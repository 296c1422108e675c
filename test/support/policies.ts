import type { ApiCall, Send } from '../../src/connect/api-call.js';
import type { ConnectFault } from '../../src/connect/errors.js';
import { RATES, type Rate, type RatedOperation } from '../../src/connect/rates.js';

/** A call on the API as the adapter makes it. */
export function apiCall(members: Partial<ApiCall> = {}): ApiCall {
  return { operation: 'DescribeContact', scope: 'us-east-1', kind: 'READ', options: {}, ...members };
}

/** A creation, which carries a token always. */
export function creation(members: Partial<ApiCall> = {}): ApiCall {
  return apiCall({ operation: 'StartTaskContact', kind: 'CHANGE', clientToken: 'token', ...members });
}

/** Answers what a script says, in turn, and counts how often it is asked; the last line stands for all that follow. */
export function scripted(...script: readonly (ConnectFault | string)[]): {
  send: Send<string>;
  readonly calls: number;
} {
  const reported = {
    calls: 0,
    async send() {
      const answer = script[Math.min(reported.calls++, script.length - 1)] as ConnectFault | string;
      if (typeof answer !== 'string') throw answer;
      return answer;
    },
  };
  return reported;
}

/** The same rate for every operation. */
export function everyRate(rate: Rate): Readonly<Record<RatedOperation, Rate>> {
  return Object.fromEntries(Object.keys(RATES).map((operation) => [operation, rate])) as never;
}
