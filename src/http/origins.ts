import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import { isLoopback } from '../util/loopback.js';
import { sendGraphqlError } from './graphql-error.js';
import { REQUEST_ID_HEADER } from './request-id.js';

/** Which pages may call. */
export interface OriginRules {
  /** Origins beside the gateway's own. */
  readonly origins: readonly string[];
  /** Whether the gateway listens on this machine alone. */
  readonly isLocal: boolean;
}

/** How long a browser may remember that it may call, in seconds. */
const PREFLIGHT_SECONDS = 600;

/**
 * Whether a request may have come from where it says. Programs say nothing, and may; browsers name the page's origin with
 * everything that could change something.
 *
 * A gateway that listens on this machine alone takes pages of this machine alone: the name that a page of someone else's
 * came under may resolve to this machine, and then its host is that of the request as well.
 *
 * @param host the header of the request
 */
export function mayCall(
  origin: string | undefined,
  host: string | undefined,
  { origins, isLocal }: OriginRules,
): boolean {
  if (origin === undefined || origins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const page = new URL(origin);
  return isLocal ? isLoopback(page.hostname) : page.host === host;
}

/** What browsers are told of the answers: a page learns when to come again, and what to name in a report. */
const EXPOSED_HEADERS = ['retry-after', REQUEST_ID_HEADER];

/**
 * The headers by which a page may read an answer that no hook comes to, as {@link allowOrigins} has them sent with the
 * others: flat, each name before its value.
 */
export function readableBy({ origins }: OriginRules): (origin: string | undefined) => readonly string[] {
  if (origins.length === 0) return () => [];
  const all = ['vary', 'Origin', 'access-control-expose-headers', EXPOSED_HEADERS.join(', ')];
  return (origin) =>
    origin !== undefined && origins.includes(origin) ? [...all, 'access-control-allow-origin', origin] : all;
}

/**
 * Refuses pages of other origins on every path, and tells browsers which ones may read the answers. Cookies and the like
 * are never asked for: whoever calls sends a token.
 */
export async function allowOrigins(app: FastifyInstance, rules: OriginRules): Promise<void> {
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (mayCall(headers.origin, headers.host, rules)) return;
    await sendGraphqlError(
      reply,
      403,
      'ORIGIN_NOT_ALLOWED',
      'Pages of this origin may not call the gateway. CORS_ORIGINS names those that may.',
    );
  });
  if (rules.origins.length === 0) return;
  await app.register(cors, {
    origin: [...rules.origins],
    methods: ['POST'],
    credentials: false,
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: PREFLIGHT_SECONDS,
  });
}
