import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** The header that a request's id comes in and goes out by. */
export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * The ids that are taken over: what tracing tools make, UUIDs and ULIDs among it. An id stands in logs and answers, so
 * that nothing else may come that way.
 */
const TAKEN = /^[\w.:=+/-]{1,128}$/;

/** What is being executed, so that logs and errors far inside can name it. */
const current = new AsyncLocalStorage<string>();

/** The id of a request: the one that its client or proxy gave, where it is one, else a new one. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && TAKEN.test(given) ? given : randomUUID();
}

/** Answers each request with its id. */
export function answerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
}

/** Runs something as part of a request. */
export function asRequest<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}

/** The id of the request that this is part of; undefined outside of one. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
