import type { RequestLimits } from '../pipeline/limits/limits.js';
import type { StreamLimits } from '../http/streams/subscriptions.js';
import type { TransportLimits } from '../http/transport-limits.js';
import { wholeNumber } from './validators.js';

/** Settings of the limits on requests. A test ensures that the ready operations stay far below each default. */
export const LIMIT_SETTINGS = {
  MAX_CONNECTIONS: wholeNumber(1, 1_000_000)({ default: 5_000, desc: 'Open connections; one more is closed.' }),
  MAX_CONNECTIONS_PER_ADDRESS: wholeNumber(
    1,
    1_000_000,
  )({
    default: 2_500,
    desc: 'Open connections of one address; one more is closed. An IPv6 network (/64) is one address.',
  }),
  RECEIVE_TIMEOUT_MS: wholeNumber(
    100,
    3_600_000,
  )({ default: 30_000, desc: 'Time for a client to send a request, in milliseconds.' }),
  SEND_TIMEOUT_MS: wholeNumber(
    100,
    3_600_000,
  )({ default: 30_000, desc: 'Time in which a client may read nothing of an answer, in milliseconds.' }),
  MAX_UNREAD_BYTES: wholeNumber(
    65_536,
    10_000_000_000,
  )({ default: 67_108_864, desc: 'Bytes of answers that wait for clients to read them.' }),
  MAX_UNREAD_BYTES_PER_CALLER: wholeNumber(
    65_536,
    10_000_000_000,
  )({ default: 33_554_432, desc: 'Bytes of answers that wait for one caller to read them.' }),
  MAX_UNREAD_BYTES_PER_CONNECTION: wholeNumber(
    65_536,
    10_000_000_000,
  )({ default: 16_777_216, desc: 'Bytes of answers that wait on one connection.' }),
  MAX_SUBSCRIPTIONS: wholeNumber(1, 1_000_000)({ default: 5_000, desc: 'Subscriptions at once; one more is refused.' }),
  MAX_SUBSCRIPTIONS_PER_CALLER: wholeNumber(
    1,
    1_000_000,
  )({ default: 100, desc: 'Subscriptions of one caller at once; one more is refused.' }),
  MAX_HEADER_BYTES: wholeNumber(1_024, 1_048_576)({ default: 16_384, desc: 'Bytes of the request line and headers.' }),
  MAX_BODY_BYTES: wholeNumber(1_024, 67_108_864)({ default: 1_048_576, desc: 'Bytes of a request body.' }),
  MAX_VARIABLE_VALUES: wholeNumber(
    1,
    10_000_000,
  )({ default: 50_000, desc: 'Values in the variables of a request, including those in lists and objects.' }),
  MAX_VARIABLE_MEMBERS: wholeNumber(
    1,
    10_000_000,
  )({ default: 100, desc: 'Members of one object in the variables of a request.' }),
  MAX_TOKENS: wholeNumber(1, 1_000_000)({ default: 5_000, desc: 'Tokens of a document.' }),
  MAX_DEPTH: wholeNumber(1, 500)({ default: 16, desc: 'Depth of fields, and of values.' }),
  MAX_ALIASES: wholeNumber(0, 100_000)({ default: 50, desc: 'Aliases of an operation, with fragments spread out.' }),
  MAX_DIRECTIVES: wholeNumber(
    0,
    100_000,
  )({ default: 50, desc: 'Directives of an operation, with fragments spread out.' }),
  MAX_COST: wholeNumber(
    1,
    1_000_000_000_000_000,
  )({ default: 100_000, desc: 'Estimated cost of a request, by @cost and @listSize.' }),
  MAX_ANSWER_BYTES: wholeNumber(
    65_536,
    1_073_741_824,
  )({
    default: 8_388_608,
    desc: 'Bytes of an answer to a GraphQL request, and bytes read for it, measured while it is made.',
  }),
  MAX_ANSWER_BYTES_IN_PROGRESS: wholeNumber(
    65_536,
    1_073_741_824,
  )({ default: 16_777_216, desc: 'Bytes of all answers that are being made, those below 64 KiB not counted.' }),
} as const;

/** Limits on what a client may send, and on what a request may ask for. */
export type Limits = TransportLimits & RequestLimits & StreamLimits;

type LimitEnvironment = { readonly [Name in keyof typeof LIMIT_SETTINGS]: number };

/** Reads the limits. */
export function limitsOf(env: LimitEnvironment): Limits {
  return {
    connections: env.MAX_CONNECTIONS,
    connectionsPerAddress: env.MAX_CONNECTIONS_PER_ADDRESS,
    sendTimeoutMs: env.SEND_TIMEOUT_MS,
    unreadBytes: env.MAX_UNREAD_BYTES,
    unreadBytesPerCaller: env.MAX_UNREAD_BYTES_PER_CALLER,
    unreadBytesPerConnection: env.MAX_UNREAD_BYTES_PER_CONNECTION,
    subscriptions: env.MAX_SUBSCRIPTIONS,
    subscriptionsPerCaller: env.MAX_SUBSCRIPTIONS_PER_CALLER,
    receiveTimeoutMs: env.RECEIVE_TIMEOUT_MS,
    headerBytes: env.MAX_HEADER_BYTES,
    bodyBytes: env.MAX_BODY_BYTES,
    variableValues: env.MAX_VARIABLE_VALUES,
    variableMembers: env.MAX_VARIABLE_MEMBERS,
    tokens: env.MAX_TOKENS,
    depth: env.MAX_DEPTH,
    aliases: env.MAX_ALIASES,
    directives: env.MAX_DIRECTIVES,
    cost: env.MAX_COST,
    answerBytes: env.MAX_ANSWER_BYTES,
    answerBytesInProgress: env.MAX_ANSWER_BYTES_IN_PROGRESS,
  };
}
