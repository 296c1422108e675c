import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Identity } from '../../graphql/identity.js';
import { sendGraphqlError } from '../graphql-error.js';
import type { IdentifyToken } from './identify-tokens.js';
import { KeysUnavailableError, TokenError } from './token-errors.js';

/** Asks callers who they are. */
export interface Authentication {
  /** For Fastify's onRequest: refuses a caller without a good token, before its body is read. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Who sent a request; undefined where nobody is asked. */
  readonly identityOf: (request: FastifyRequest) => Identity | undefined;
}

const CHALLENGE = 'Bearer realm="connect-task-gateway"';

/** Seconds after which a caller may try again whose token could not be judged. */
const RETRY_AFTER_S = 5;

/** RFC 6750: the scheme in any case, one space or more, and a token of these characters. */
const BEARER = /^bearer +([\w\-.~+/]+=*) *$/i;

/**
 * Makes the guard before the API.
 *
 * @param identify undefined: everyone may come in
 */
export function authentication(identify: IdentifyToken | undefined, logger: Logger): Authentication {
  if (identify === undefined) return { onRequest: async () => {}, identityOf: () => undefined };
  const identities = new WeakMap<FastifyRequest, Identity>();
  return {
    identityOf(request) {
      const identity = identities.get(request);
      // A caller whom nobody asked would count as one who may do everything.
      if (identity === undefined) throw new Error('A request came past the guard');
      return identity;
    },
    async onRequest(request, reply) {
      const given = authorizationsOf(request);
      if (given.length === 0)
        return refuse(reply, CHALLENGE, 'Send a token in the header authorization: Bearer TOKEN.');
      try {
        const [, token] = (given.length === 1 && BEARER.exec(given[0] ?? '')) || [];
        if (token === undefined) throw new TokenError('NO_BEARER');
        identities.set(request, await identify(token));
      } catch (error) {
        if (error instanceof TokenError) {
          logger.debug({ reason: error.reason }, 'A token was refused');
          return refuse(reply, `${CHALLENGE}, error="invalid_token"`, 'The token is not valid here. Get a new one.');
        }
        if (!(error instanceof KeysUnavailableError)) throw error;
        reply.header('retry-after', RETRY_AFTER_S);
        sendGraphqlError(
          reply,
          503,
          'AUTHENTICATION_UNAVAILABLE',
          'Tokens cannot be verified at the moment. Try again later.',
        );
      }
    },
  };
}

function refuse(reply: FastifyReply, challenge: string, message: string): void {
  reply.header('www-authenticate', challenge);
  sendGraphqlError(reply, 401, 'UNAUTHENTICATED', message);
}

/** Each header authorization of a request. Node shows the first alone; a proxy before may have read another. */
function authorizationsOf({ raw }: FastifyRequest): readonly string[] {
  return raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'authorization');
}
