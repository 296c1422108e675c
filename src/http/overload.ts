import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { errorBody, errorType, sendGraphqlError } from './graphql-error.js';
import { Intake } from './intake.js';
import { observeAnswer } from './observe-requests.js';
import { mayCall, type OriginRules, readableBy } from './origins.js';
import { watchPressure } from './pressure.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import type { RequestObserver } from '../pipeline/request-observer.js';
import type { RequestsUnderWay } from './draining.js';
import { ANSWER_HEADERS } from './security-headers.js';

/** How every refusal is told. */
const STATUS = 503;
const CODE = 'OVERLOADED';
const MESSAGE = 'The gateway has as many requests as it can serve in time. Try again in a second.';

/** Seconds after which a refused client may try again: what is under way is long done by then. */
const RETRY_AFTER_S = 1;

/** What every refusal's head says, flat. */
const HEAD = [...Object.entries(ANSWER_HEADERS).flat(), 'retry-after', String(RETRY_AFTER_S)];

/** What {@link refuseOverload} goes by. */
export interface OverloadOptions {
  readonly underWay: RequestsUnderWay;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  /** Whether the server is ending. Then it refuses everything, in other words. */
  readonly isDraining: () => boolean;
  /** Pages of other origins are refused for that, whatever the load. */
  readonly pages: OriginRules;
  /** Who watches the requests. Undefined: nobody. */
  readonly observer: RequestObserver | undefined;
}

/**
 * Refuses requests of the API that cannot be served in time, before anything is read of them: those that come while as
 * many are being executed as may, or while memory or the event loop run away. A refusal costs a small part of what a
 * request costs: it is written before the framework, whose routing and hooks took a fifth of its time (25 µs are left of
 * some 31, two thirds of them in the kernel's write). Health stays answerable.
 *
 * @returns a check for a request whose body has arrived: meanwhile others may have taken the place that there was.
 *   True: it was refused
 */
export function refuseOverload(
  app: FastifyInstance,
  { underWay, maxRequests, isDraining, pages, observer }: OverloadOptions,
): (reply: FastifyReply) => boolean {
  const intake = new Intake(maxRequests);
  const pressure = watchPressure();
  app.addHook('onClose', async () => pressure.stop());
  // One at a time is always served: a client that waits for its answers overloads nobody, however large they are.
  const isFull = () => !intake.admits(underWay.count) || (underWay.count > 0 && pressure.isHigh());
  const readable = readableBy(pages);
  const refuse = ({ headers }: IncomingMessage, response: ServerResponse) => {
    if (observer) {
      observeAnswer(observer, { method: 'POST', route: '/graphql', headers }, response, () => CODE);
    }
    const id = requestIdOf(headers);
    const body = JSON.stringify(errorBody(CODE, MESSAGE, id));
    const told = ['content-type', errorType(headers.accept), 'content-length', String(body.length)];
    // Node reads what is still to come of the body, and throws it away, so that the connection serves again.
    response.writeHead(STATUS, [...HEAD, ...told, REQUEST_ID_HEADER, id, ...readable(headers.origin)]).end(body);
  };
  app.server.off('request', app.routing).on('request', (request, response) => {
    const { headers } = request;
    if (isOfApi(request) && !isDraining() && mayCall(headers.origin, headers.host, pages) && isFull()) {
      refuse(request, response);
    } else app.routing(request, response);
  });
  return (reply) => {
    if (intake.admits(underWay.count)) return false;
    sendGraphqlError(reply.header('retry-after', RETRY_AFTER_S), STATUS, CODE, MESSAGE);
    return true;
  };
}

/** Whether it is executed when it is let in. One that spells the path otherwise is looked at when its body has arrived. */
function isOfApi({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === '/graphql' || url.startsWith('/graphql?'));
}
