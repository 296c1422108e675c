import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ObservedRequest, RequestObserver, RequestRecord } from '../pipeline/request-observer.js';
import { errorCodeOf, type HttpErrorCode } from './graphql-error.js';

/** Route of requests that no route serves. */
const NO_ROUTE = 'none';

/** Key of the record on a request. A WeakMap would cost the garbage collector more than the rest of this file. */
const RECORD = Symbol('record');

type Recorded = FastifyRequest & { [RECORD]?: RequestRecord };

/**
 * Reports a request to an observer, and its answer when it ends.
 *
 * @param codeOf returns the code of an answer of HTTP itself; called when the answer ends
 */
export function observeAnswer(
  observer: RequestObserver,
  request: ObservedRequest,
  response: ServerResponse,
  codeOf: () => HttpErrorCode | undefined,
): RequestRecord {
  const record = observer.request(request);
  response.once('close', () => {
    const code = codeOf();
    if (code !== undefined) observer.errors('http', [code]);
    record.ended(response.statusCode);
  });
  return record;
}

/** Runs the work of a request within its record. */
export type ObserveRequest = <Result>(request: FastifyRequest, work: () => Result) => Result;

/**
 * Reports each request that comes to a hook to an observer.
 *
 * @param observer undefined: nothing is registered
 */
export function observeRequests(app: FastifyInstance, observer: RequestObserver | undefined): ObserveRequest {
  if (observer === undefined) return (_request, work) => work();
  app.decorateRequest(RECORD, undefined);
  app.addHook('onRequest', (request: Recorded, reply, done) => {
    const { method, headers, routeOptions } = request;
    const observed = { method, headers, route: routeOptions.url ?? NO_ROUTE };
    request[RECORD] = observeAnswer(observer, observed, reply.raw, () => errorCodeOf(reply));
    done();
  });
  return (request: Recorded, work) => {
    const record = request[RECORD];
    return record === undefined ? work() : record.run(work);
  };
}
