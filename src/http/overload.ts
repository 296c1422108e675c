import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { RequestObserver } from '../pipeline/request-observer.js';
import { errorBody, errorType, sendGraphqlError } from './graphql-error.js';
import type { Intake } from './intake.js';
import { observeAnswer } from './observe-requests.js';
import { corsHeaders, mayCall, type OriginRules } from './origins.js';
import { Places } from './places.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { ANSWER_HEADERS, VARY } from './security-headers.js';

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
const { vary: _vary, ...UNVARYING } = ANSWER_HEADERS;
const HEAD = Object.entries(UNVARYING).flat();

/** Options of {@link refuseOverload}. */
export interface OverloadOptions {
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  /** Returns the key of a request's caller without a verification of its token, if it is known. */
  readonly knownCallerOf: (request: IncomingMessage) => string | undefined;
  /** Reports whether the server is ending. Then it refuses everything, in other words. */
  readonly isDraining: () => boolean;
  /** Pages of other origins are refused for that, whatever the load. */
  readonly pages: OriginRules;
  /** Undefined: nothing is reported. */
  readonly observer: RequestObserver | undefined;
}

/**
 * Refuses requests of the API that cannot be served in time, before anything is read of them: if all places or those of its
 * caller are taken, or if memory or the event loop run away. A refusal costs a small part of a request: it is written before
 * the framework, whose routing and hooks took a fifth of its time (25 µs are left of some 31, two thirds of them in the
 * kernel's write). Health stays answerable.
 *
 * @returns the places, for a request whose body has arrived: meanwhile others may have taken the one that there was
 */
export function refuseOverload(app: FastifyInstance, options: OverloadOptions): Places {
  const { maxRequests, knownCallerOf, isDraining, pages, observer } = options;
  const pressure = watchPressure();
  app.addHook('onClose', async () => pressure.stop());
  const places = new Places({ max: maxRequests, isBusy: pressure.isBusy });

  function refusalOf(request: IncomingMessage): Intake | undefined {
    const refusal = places.refusal(() => knownCallerOf(request));
    if (refusal !== undefined) return refusal;
    // One at a time is always served: a client that waits for its answers overloads nothing, however large they are.
    return places.count > 0 && pressure.isHigh() ? places.whole : undefined;
  }

  function refuse({ headers }: IncomingMessage, response: ServerResponse, refusal: Intake): void {
    if (observer) {
      observeAnswer(observer, { method: 'POST', route: '/graphql', headers }, response, () => CODE);
    }
    const id = requestIdOf(headers);
    const seconds = refusal.retryAfterSeconds();
    const body = JSON.stringify(errorBody(CODE, messageOf(seconds), id));
    const own = ['content-type', errorType(headers.accept), 'content-length', String(body.length)];
    own.push('retry-after', String(seconds), REQUEST_ID_HEADER, id);
    // Node reads and drops the rest of the body, so that the connection serves again.
    const cors = Object.entries({ vary: VARY, ...corsHeaders(headers.origin, pages) }).flat();
    response.writeHead(STATUS, [...HEAD, ...own, ...cors]).end(body);
  }

  app.server.off('request', app.routing).on('request', (request, response) => {
    const { headers } = request;
    const isChecked = isOfApi(request) && !isDraining() && mayCall(headers.origin, headers.host, pages);
    const refusal = isChecked ? refusalOf(request) : undefined;
    if (refusal === undefined) app.routing(request, response);
    else refuse(request, response, refusal);
  });
  return places;
}

/** Refuses a request under overload whose body has arrived. */
export function sendOverloaded(reply: FastifyReply, refusal: Intake): FastifyReply {
  const seconds = refusal.retryAfterSeconds();
  return sendGraphqlError(reply.header('retry-after', seconds), STATUS, CODE, messageOf(seconds));
}

/** Whether it is executed when it is let in. One that spells the path otherwise is looked at when its body has arrived. */
function isOfApi({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === '/graphql' || url.startsWith('/graphql?'));
}
