import type { FastifyInstance } from 'fastify';

/** What every answer says to browsers: it is what its type says, for its own origin, in no frame, and runs nothing. */
export const SECURITY_HEADERS = {
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
} as const;

/** The headers that choose the form of an answer: each path may answer with an error, whose media type is negotiated. */
export const VARY = 'Accept, Accept-Encoding';

/** Those, and that nobody keeps the answer: what is told is of one caller and one moment. GraphiQL's files say otherwise. */
export const ANSWER_HEADERS = {
  ...SECURITY_HEADERS,
  'cache-control': 'no-store',
  vary: VARY,
} as const;

/** Puts them on every answer, those of errors included, before anything else may refuse it. */
export function sendSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers(ANSWER_HEADERS);
  });
}
