import type { FormattedExecutionResult } from 'graphql';

/** How the results of a subscription are written as one HTTP response. */
export interface StreamFormat {
  readonly contentType: string;
  /** The beginning of the body, so that the client sees at once that the stream is open. */
  readonly begin: string;
  /** One result. */
  next(result: FormattedExecutionResult): string;
  /** What is sent while nothing happens, because proxies close connections that are silent. */
  readonly heartbeat: string;
  /** Time of silence after which a heartbeat is sent, in milliseconds. */
  readonly heartbeatMs: number;
  readonly complete: string;
}

/**
 * Server-sent events, as the distinct connections mode of graphql-sse has them.
 *
 * Source: https://github.com/enisdenjo/graphql-sse/blob/master/PROTOCOL.md
 */
export const SERVER_SENT_EVENTS: StreamFormat = {
  contentType: 'text/event-stream; charset=utf-8',
  begin: ':\n\n',
  next: (result) => `event: next\ndata: ${JSON.stringify(result)}\n\n`,
  heartbeat: ':\n\n',
  heartbeatMs: 12_000,
  complete: 'event: complete\ndata:\n\n',
};

/**
 * Parts of a multipart response, as Apollo's clients and routers read them. A part is read when the boundary after it comes.
 *
 * Source: https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol
 */
export const MULTIPART: StreamFormat = {
  contentType: 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0',
  begin: '\r\n--graphql',
  next: (result) => part({ payload: result }),
  heartbeat: part({}),
  heartbeatMs: 5_000,
  complete: '--\r\n',
};

function part(content: object): string {
  return `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;
}

/** Longest value of the header accept that is read. */
const MAX_LENGTH = 500;

/**
 * Returns the format that a client accepts for the results of a subscription: the first that the header names.
 *
 * @returns undefined if the client accepts none
 */
export function streamFormat(accept = ''): StreamFormat | undefined {
  for (const range of accept.slice(0, MAX_LENGTH).toLowerCase().split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
    if (type === 'text/event-stream') return SERVER_SENT_EVENTS;
    if (type === 'multipart/mixed' && parameters.some((one) => SUBSCRIPTION_SPEC.includes(one))) return MULTIPART;
  }
  return undefined;
}

const SUBSCRIPTION_SPEC = ['subscriptionspec=1.0', 'subscriptionspec="1.0"'];
