import type { ServerResponse } from 'node:http';
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { errorCodeOf, type HttpErrorCode } from './graphql-error.js';
import { wasRefused } from '../pipeline/admission-plugin.js';
import { operationName } from '../pipeline/observe-plugin.js';
import type { ObservedRequest, RequestObserver, RequestRecord } from '../pipeline/request-observer.js';

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

/** Tells an observer of each request that comes to a hook. Only with one is anything of this registered. */
export function observeRequests(
  app: FastifyInstance,
  observer: RequestObserver,
): <Result>(request: FastifyRequest, work: () => Result) => Result {
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

/** Tells an observer of each GraphQL operation. */
export function observeOperations(observer: RequestObserver): ApolloServerPlugin {
  return {
    async invalidRequestWasReceived() {
      observer.errors('response', ['BAD_REQUEST']);
    },
    async requestDidStart() {
      const record = observer.operation();
      return {
        async didResolveOperation({ request, operation, schema }) {
          if (!operation || wasRefused(request)) return;
          // Without such a root in the schema, as for subscriptions, validation leaves any field in.
          if (!schema.getRootType(operation.operation)) return;
          record.named(operation.operation, operationName(operation));
        },
        async willSendResponse({ response: { body } }) {
          const { errors = [] } = body.kind === 'single' ? body.singleResult : body.initialResult;
          const codes = errors.map(({ extensions }) => String(extensions?.code));
          if (codes.length > 0) observer.errors('response', codes);
          record.ended(codes);
        },
      };
    },
  };
}
