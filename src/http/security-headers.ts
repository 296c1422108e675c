import type { FastifyInstance } from 'fastify';

/** Headers of every answer for browsers: no guess of its type, its own origin only, in no frame, and no script. */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** Request headers that choose the form of an answer. Every path may answer with an error, whose media type is negotiated. */
export const VARY = 'Accept, Accept-Encoding';

/** Headers of answers that no cache may keep, because they are for one caller at one time. GraphiQL's files differ. */
export const ANSWER_HEADERS = {
  ...SECURITY_HEADERS,
  'cache-control': 'no-store',
  vary: VARY,
} as const;

/** Adds {@link ANSWER_HEADERS} to every answer, errors included, before any other hook may refuse the request. */
export function sendSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(ANSWER_HEADERS);
  });
}
