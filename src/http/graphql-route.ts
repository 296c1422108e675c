import { Readable } from 'node:stream';
import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller, CallOptions } from '../connect/call.js';
import { COST_HEADER } from '../pipeline/admission-plugin.js';
import { answerType } from '../util/accept.js';
import { sendGraphqlError } from './graphql-error.js';

/**
 * The headers that are looked at after Fastify: Apollo Server's guard against cross-site requests, its negotiation, and the
 * plugins of this room. A plugin that reads another one adds it here.
 */
const READ_HEADERS = ['content-type', 'accept', 'x-apollo-operation-name', 'apollo-require-preflight', COST_HEADER];

/**
 * Hands requests of POST /graphql to Apollo Server, and its answers to Fastify. It does what @as-integrations/fastify does,
 * without a copy of every header and a URL that is read for a query string that no POST has: 8 µs a request.
 *
 * @param beforeAnswer is called when an answer is there, before any of it is sent
 * @param contextOf makes what the resolvers of one request are told
 * @returns what a handler of Fastify answers with
 */
export function runGraphql<Context extends BaseContext>(
  apollo: ApolloServer<Context>,
  beforeAnswer: () => void,
  contextOf: (request: FastifyRequest, reply: FastifyReply) => Context,
): (request: FastifyRequest, reply: FastifyReply) => Promise<string | Readable> {
  return async (request, reply) => {
    const { headers, body, status } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers: readHeaders(request), search: '', body: request.body },
      context: async () => contextOf(request, reply),
    });
    beforeAnswer();
    for (const [name, value] of headers) reply.header(name, value);
    reply.code(status ?? 200);
    return body.kind === 'complete' ? body.string : Readable.from(body.asyncIterator);
  };
}

function readHeaders({ headers }: FastifyRequest): HeaderMap {
  const read = new HeaderMap();
  for (const name of READ_HEADERS) {
    const value = headers[name];
    if (typeof value === 'string' && value !== '') read.set(name, value);
  }
  return read;
}

/** The header by which a request asks for less time than the gateway would give it, in milliseconds. */
const TIMEOUT_HEADER = 'x-request-timeout-ms';

/** What is known of a request beside its headers. */
interface CallFacts {
  /** Fires when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** How long a request may take. */
  readonly timeoutMs: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly caller: Caller;
}

/** What a request's calls to the port are told: when its client hangs up, when its time is up, and whom they are for. */
export function callOf(request: FastifyRequest, { signal, timeoutMs, now, caller }: CallFacts): CallOptions {
  const wanted = Number(request.headers[TIMEOUT_HEADER] ?? Number.POSITIVE_INFINITY);
  return {
    signal,
    deadline: now + Math.min(wanted, timeoutMs),
    caller,
  };
}

/** Refuses a request whose own time cannot be read: to give it another would surprise it. */
export async function refuseBadTimeout(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const wanted = request.headers[TIMEOUT_HEADER];
  if (wanted === undefined || /^[1-9]\d{0,8}$/.test(String(wanted))) return;
  await sendGraphqlError(reply, 400, 'BAD_REQUEST', `${TIMEOUT_HEADER} takes whole milliseconds, at least 1.`);
}

/**
 * Refuses a request whose answer its client would not take, before anything is done: Apollo Server looks at that after
 * the operation, so that a task would be created and a failure told.
 */
export async function refuseNotAcceptable(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (answerType(request.headers.accept) !== undefined) return;
  sendGraphqlError(
    reply,
    406,
    'NOT_ACCEPTABLE',
    'Answers come as application/json or application/graphql-response+json. Name one of them in the header accept.',
  );
}
