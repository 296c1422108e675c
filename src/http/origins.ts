import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../util/loopback.js';
import { sendGraphqlError } from './graphql-error.js';
import { REQUEST_ID_HEADER } from './request-id.js';

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
const EXPOSED_HEADERS = ['retry-after', REQUEST_ID_HEADER];

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
 * Returns the CORS headers of an answer that no hook of Fastify handles, in the form of `writeHead`: each name before its
 * value. They are those that {@link allowOrigins} adds to other answers.
 */
export function readableBy(rules: OriginRules): (origin: string | undefined) => readonly string[] {
  if (!hasForeignPages(rules)) return () => [];
  const vary = ['vary', 'Origin'];
  const exposed = [...vary, 'access-control-expose-headers', EXPOSED_HEADERS.join(', ')];
  return (origin) =>
    origin !== undefined && isAdmitted(origin, rules) ? [...exposed, 'access-control-allow-origin', origin] : vary;
}

/**
 * Refuses pages of other origins on every path, and lets browsers pass the answers to the pages that may call. Answers never
 * allow credentials, because callers send tokens and no cookies.
 */
export async function allowOrigins(app: FastifyInstance, rules: OriginRules): Promise<void> {
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (mayCall(headers.origin, headers.host, rules)) return;
    await sendGraphqlError(reply, 403, 'ORIGIN_NOT_ALLOWED', refusalOf(headers.origin));
  });
  if (!hasForeignPages(rules)) return;
  await app.register(cors, {
    origin: (origin, done) => done(null, origin !== undefined && isAdmitted(origin, rules)),
    methods: ['POST'],
    credentials: false,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
    // Without a method the plugin would answer in plain text.
    strictPreflight: false,
  });
}

function hasForeignPages({ origins, isLocal }: OriginRules): boolean {
  return isLocal || origins.length > 0;
}

function refusalOf(origin = ''): string {
  const isListable = /^https?:$/.test(URL.parse(origin)?.protocol ?? '') && origin.length <= MAX_SHOWN_ORIGIN;
  return isListable
    ? `Pages of ${origin} may not call the gateway. Start the gateway with CORS_ORIGINS=${origin}, or add the origin to the list there.`
    : 'Pages without an origin of http or https may not call the gateway. Serve the page from an origin that CORS_ORIGINS lists.';
}
