import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ObservedRequest, RequestObserver, RequestRecord } from '../pipeline/request-observer.js';
import { errorCodeOf, type HttpErrorCode } from './graphql-error.js';

/** Where requests go that no route serves. */
const NO_ROUTE = 'none';

/** Where a request carries its record: a WeakMap of all of them would cost the collector more than all else here. */
const RECORD = Symbol('record');

type Recorded = FastifyRequest & { [RECORD]?: RequestRecord };

/**
 * Tells an observer of a request, and of its answer when that is over.
 *
 * @param codeOf the code that HTTP itself answered with, asked then
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

/** Runs the work of a request as part of what an observer watches. */
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
