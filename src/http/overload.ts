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

/** Delay of a timer, in milliseconds, above which the event loop is overloaded. */
const MAX_DELAY_MS = 1_000;

/** Share of Node's maximum heap above which garbage collection takes the time that requests need. */
const MAX_HEAP_SHARE = 0.9;

/** Share of time in which the event loop works, from which on the process has no time left. */
const BUSY_SHARE = 0.9;

/** Time between two samples, in milliseconds. */
const INTERVAL_MS = 250;

/** One sample of the process. */
interface PressureSample {
  /** Delay of the sample, in milliseconds. */
  readonly delayMs: number;
  /** The share of the heap that is in use. */
  readonly heapShare: number;
}

/**
 * Checks whether the process is under pressure, by its last two samples. One sample alone may be a garbage collection, or one
 * large answer, and is over when it is measured.
 */
export function isPressure(samples: readonly [PressureSample, PressureSample]): boolean {
  return samples.every(({ delayMs, heapShare }) => delayMs > MAX_DELAY_MS || heapShare > MAX_HEAP_SHARE);
}

/**
 * Watches memory and the event loop of this process.
 *
 * @returns whether they are overloaded, whether the loop has no time left, and how to stop watching
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

/** Status and code of a refusal. */
const STATUS = 503;
const CODE = 'OVERLOADED';

function messageOf(seconds: number): string {
  return `The gateway is overloaded. Retry in ${seconds} ${seconds === 1 ? 'second' : 'seconds'}.`;
}

/** Headers of every refusal, each name before its value. */
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
 * Refuses requests of the API that cannot be served in time, before their bodies are read: if all places or those of a caller
 * are taken, or if memory or the event loop is overloaded. A refusal bypasses Fastify, because routing and hooks took a fifth
 * of its time (docs/performance.md). Health checks are always answered.
 *
 * @returns the places, for a request whose body has arrived, because others may have taken the free one meanwhile
 */
export function refuseOverload(app: FastifyInstance, options: OverloadOptions): Places {
  const { maxRequests, knownCallerOf, isDraining, pages, observer } = options;
  const pressure = watchPressure();
  app.addHook('onClose', async () => pressure.stop());
  const places = new Places({ max: maxRequests, isBusy: pressure.isBusy });

  function refusalOf(request: IncomingMessage): Intake | undefined {
    const refusal = places.refusal(() => knownCallerOf(request));
    if (refusal !== undefined) return refusal;
    // One request at a time is always served, because a client that waits for each answer cannot overload the process.
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
    // Node reads and drops the rest of the body, so that the connection can be used again.
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

/** Checks whether a request is one of the API. One with another spelling of the path is checked when its body has arrived. */
function isOfApi({ method, url = '' }: IncomingMessage): boolean {
  return method === 'POST' && (url === '/graphql' || url.startsWith('/graphql?'));
}
