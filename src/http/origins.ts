import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from '../util/loopback.js';
import { sendGraphqlError } from './graphql-error.js';
import { REQUEST_ID_HEADER } from './request-id.js';
import { VARY } from './security-headers.js';

/** The web pages that may call. */
export interface OriginRules {
  /** Origins whose pages may call, in addition to the gateway's own. */
  readonly origins: readonly string[];
  /** Whether the gateway listens on a loopback address. */
  readonly isLocal: boolean;
}

/** Time in seconds for which a browser may keep the answer to a preflight. */
const PREFLIGHT_SECONDS = 600;

/** Response headers that a page of another origin may read: when to retry, and the id to name in a report. */
const EXPOSED_HEADERS = `retry-after, ${REQUEST_ID_HEADER}`;

/** Longest origin that a message repeats, in characters. */
const MAX_SHOWN_ORIGIN = 200;

/**
 * Checks whether a request comes from a page that may call. Programs send no origin and may call; browsers send the origin of
 * the page with every request that could change something.
 *
 * On loopback the header host does not count, because a foreign name may resolve to this machine.
 *
 * @param origin value of the header origin
 * @param host value of the header host
 */
export function mayCall(origin: string | undefined, host: string | undefined, rules: OriginRules): boolean {
  if (origin === undefined || isAdmitted(origin, rules)) return true;
  return !rules.isLocal && URL.parse(origin)?.host === host;
}

/**
 * Checks whether pages of an origin may call from elsewhere: the origin is listed, or the gateway and the page are both on
 * this machine, such as a web app that is under development on another port.
 */
function isAdmitted(origin: string, { origins, isLocal }: OriginRules): boolean {
  return origins.includes(origin) || (isLocal && isLoopback(URL.parse(origin)?.hostname ?? ''));
}

/**
 * Returns the CORS headers of an answer, without those of a preflight, and its vary if CORS may change it. They never allow credentials, because callers send
 * tokens and no cookies.
 */
export function corsHeaders(origin: string | undefined, rules: OriginRules): Readonly<Record<string, string>> {
  const varies = rules.origins.length > 0 || (rules.isLocal && origin !== undefined);
  if (!varies) return {};
  if (origin === undefined || !isAdmitted(origin, rules)) return VARIES;
  return {
    ...VARIES,
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED_HEADERS,
  };
}

const VARIES = { vary: `${VARY}, Origin` } as const;

/** Refuses pages of other origins on every path, and lets browsers pass the answers to the pages that may call. */
export function allowOrigins(app: FastifyInstance, rules: OriginRules): void {
  app.addHook('onRequest', (request, reply, done) => {
    const { origin, host } = request.headers;
    reply.headers(corsHeaders(origin, rules));
    if (!mayCall(origin, host, rules)) {
      sendGraphqlError(reply, 403, 'ORIGIN_NOT_ALLOWED', refusalOf(origin));
    } else if (origin !== undefined && isPreflight(request) && isAdmitted(origin, rules)) {
      sendPreflight(request, reply);
    } else {
      done();
    }
  });
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

function sendPreflight({ headers }: FastifyRequest, reply: FastifyReply): void {
  reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
      'access-control-max-age': PREFLIGHT_SECONDS,
      vary: `${VARIES.vary}, Access-Control-Request-Headers`,
    })
    .send();
}

function refusalOf(origin = ''): string {
  const isListable = /^https?:$/.test(URL.parse(origin)?.protocol ?? '') && origin.length <= MAX_SHOWN_ORIGIN;
  return isListable
    ? `Pages of ${origin} may not call the gateway. Start the gateway with CORS_ORIGINS=${origin}, or add the origin to the list there.`
    : 'Pages without an origin of http or https may not call the gateway. Serve the page from an origin that CORS_ORIGINS lists.';
}
