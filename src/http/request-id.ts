import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** Header of a request's id, in requests and answers. */
export const REQUEST_ID_HEADER = 'x-request-id';

/**
 * Form of an id that is kept: those of tracing tools, UUIDs and ULIDs. Ids stand in logs and answers, so that other texts are
 * replaced.
 */
const KEPT = /^[\w.:=+/-]{1,128}$/;

/** Id of the request that is being executed, for logs and errors in other rooms. */
const current = new AsyncLocalStorage<string>();

/** Returns the id of a request: that of its client or proxy if it has the form of one, else a new UUID. */
export function requestIdOf(headers: IncomingHttpHeaders): string {
  const given = headers[REQUEST_ID_HEADER];
  return typeof given === 'string' && KEPT.test(given) ? given : randomUUID();
}

/** Adds the id of a request to its answer. */
export function answerRequestIds(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
}

/** Runs `work` as part of a request. */
export function asRequest<Result>(id: string, work: () => Result): Result {
  return current.run(id, work);
}

/** Returns the id of the request that is being executed; undefined outside of a request. */
export function currentRequestId(): string | undefined {
  return current.getStore();
}
