import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RequestObserver } from '../pipeline/request-observer.js';
import type { RequestsUnderWay } from './draining.js';
import { errorBody, errorType, sendGraphqlError } from './graphql-error.js';
import { Intake } from './intake.js';
import { observeAnswer } from './observe-requests.js';
import { mayCall, type OriginRules, readableBy } from './origins.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { ANSWER_HEADERS } from './security-headers.js';

/** How late a timer may be, in milliseconds, before the event loop counts as running away. */
const MAX_DELAY_MS = 1_000;

/** How much of the heap that Node may have can be in use. Beyond it, collections take the time that requests need. */
const MAX_HEAP_SHARE = 0.9;

/** Part of the time that the event loop is at work from which the process has none left. */
const BUSY_SHARE = 0.9;

/** How often all of these are looked at, in milliseconds. */
const INTERVAL_MS = 250;

/** What one look at the process found. */
interface PressureSample {
  /** How much later than wanted the look came, in milliseconds. */
  readonly delayMs: number;
  /** The share of the heap that is in use. */
  readonly heapShare: number;
}

/**
 * Whether the process is under pressure, by its last two samples: one alone may be a collection, or one answer that took
 * long to write, and it is over when it is seen.
 */
export function isPressure(samples: readonly [PressureSample, PressureSample]): boolean {
  return samples.every(({ delayMs, heapShare }) => delayMs > MAX_DELAY_MS || heapShare > MAX_HEAP_SHARE);
}

/**
 * Watches memory and the event loop of this process.
 *
 * @returns whether they run away, whether the loop has no time left, and how to end
 */
function watchPressure(): {
  readonly isHigh: () => boolean;
  readonly isBusy: () => boolean;
  readonly stop: () => void;
} {
  let samples: readonly [PressureSample, PressureSample] = [
    { delayMs: 0, heapShare: 0 },
    { delayMs: 0, heapShare: 0 },
  ];
  let due = performance.now() + INTERVAL_MS;
  let loop = performance.eventLoopUtilization();
  let busyShare = 0;
  const timer = setInterval(() => {
    const now = performance.now();
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    samples = [samples[1], { delayMs: now - due, heapShare: used / limit }];
    due = now + INTERVAL_MS;
    const loopNow = performance.eventLoopUtilization();
    busyShare = performance.eventLoopUtilization(loopNow, loop).utilization;
    loop = loopNow;
  }, INTERVAL_MS).unref();
  return {
    isHigh: () => isPressure(samples),
    isBusy: () => busyShare > BUSY_SHARE,
    stop: () => clearInterval(timer),
  };
}

/** How every refusal is told. */
const STATUS = 503;
const CODE = 'OVERLOADED';

function messageOf(seconds: number): string {
  const time = seconds === 1 ? 'a second' : `${seconds} seconds`;
  return `The gateway has as many requests as it can serve in time. Try again in ${time}.`;
}

/** The headers of every refusal, flat. */
const HEAD = Object.entries(ANSWER_HEADERS).flat();

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
  const pressure = watchPressure();
  const intake = new Intake({ max: maxRequests, isBusy: pressure.isBusy });
  app.addHook('onClose', async () => pressure.stop());
  // One at a time is always served: a client that waits for its answers overloads nobody, however large they are.
  const isFull = () => !intake.admits(underWay.count) || (underWay.count > 0 && pressure.isHigh());
  const readable = readableBy(pages);
  const refuse = ({ headers }: IncomingMessage, response: ServerResponse) => {
    if (observer) {
      observeAnswer(observer, { method: 'POST', route: '/graphql', headers }, response, () => CODE);
    }
    const id = requestIdOf(headers);
    const seconds = intake.retryAfterSeconds();
    const body = JSON.stringify(errorBody(CODE, messageOf(seconds), id));
    const told = ['content-type', errorType(headers.accept), 'content-length', String(body.length)];
    told.push('retry-after', String(seconds));
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
    const seconds = intake.retryAfterSeconds();
    sendGraphqlError(reply.header('retry-after', seconds), STATUS, CODE, messageOf(seconds));
    return true;
  };
}

/** Whether it is executed when it is let in. One that spells the path otherwise is looked at when its body has arrived. */
function isOfApi({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === '/graphql' || url.startsWith('/graphql?'));
}
