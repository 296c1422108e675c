import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Identity } from '../../graphql/identity.js';
import { ReportLimit } from '../../util/report-limit.js';
import { sendGraphqlError } from '../graphql-error.js';
import { certificateIdentity } from './client-certificate.js';
import type { IdentifyToken } from './identify-tokens.js';
import { metadataParameter, type ProtectedResource } from './protected-resource.js';
import { KeysUnavailableError, TokenError } from './token-errors.js';

/** Identifies callers. */
export interface Authentication {
  /** For Fastify's onRequest: refuses a caller without a valid token, before its body is read. */
  readonly onRequest: (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
  /** Returns the caller of a request; undefined if callers are not identified. */
  readonly identityOf: (request: FastifyRequest) => Identity | undefined;
  /** Returns the key of a request's caller, without a verification of its token; undefined if it is not known yet. */
  readonly knownCallerOf: (request: IncomingMessage) => string | undefined;
}

/** How callers are identified. */
export interface AuthenticationOptions {
  /** Whether a caller needs a client certificate. It identifies the caller if no token does. */
  readonly certificates: boolean;
  /** Undefined: callers have no tokens. */
  readonly tokens: TokenAuthentication | undefined;
}

/** How tokens identify callers. */
export interface TokenAuthentication {
  readonly identify: IdentifyToken;
  /** The metadata that a refusal names. */
  readonly resource: ProtectedResource;
}

const CHALLENGE = 'Bearer realm="connect-task-gateway"';

/** Seconds after which a caller may try again whose token could not be verified. */
const RETRY_AFTER_S = 5;

/** Maximum number of refusals in the log, a minute: invalid tokens must not fill a disk. */
const REPORTS_PER_MINUTE = 60;

/** RFC 6750: the scheme in any case, one space or more, and a token of these characters. */
const BEARER = /^bearer +([\w\-.~+/]+=*) *$/i;

/**
 * Makes the authentication of the API.
 *
 * @param options undefined: callers are not identified
 */
export function authentication(options: AuthenticationOptions | undefined, logger: Logger): Authentication {
  if (options === undefined) {
    return {
      onRequest: async () => {},
      identityOf: () => undefined,
      knownCallerOf: ({ socket }) => socket.remoteAddress,
    };
  }
  const { certificates, tokens } = options;
  const identities = new WeakMap<FastifyRequest, Identity>();
  const reports = new ReportLimit(REPORTS_PER_MINUTE);

  function refuse(request: FastifyRequest, reply: FastifyReply, message: string, error?: string): void {
    if (tokens === undefined) {
      sendGraphqlError(reply, 401, 'UNAUTHENTICATED', message);
      return;
    }
    const { resource } = tokens;
    const parameters = [CHALLENGE, metadataParameter(resource, request), ...(error ? [`error="${error}"`] : [])];
    reply.header('www-authenticate', parameters.join(', '));
    sendGraphqlError(reply, 401, 'UNAUTHENTICATED', message);
  }

  return {
    identityOf(request) {
      const identity = identities.get(request);
      // An unauthenticated request must not be treated as fully authorized.
      if (identity === undefined) throw new Error('A request was not authenticated');
      return identity;
    },
    knownCallerOf(request) {
      if (tokens === undefined) return certificateIdentity(request)?.key;
      const [, token] = BEARER.exec(request.headers.authorization ?? '') ?? [];
      return token === undefined ? undefined : tokens.identify.known(token)?.key;
    },
    async onRequest(request, reply) {
      if (certificates) {
        const identity = certificateIdentity(request.raw);
        if (identity === undefined)
          return refuse(request, reply, 'Connect with a client certificate of an accepted authority.');
        if (tokens === undefined) {
          identities.set(request, identity);
          return;
        }
      }
      if (tokens === undefined) throw new Error('Callers cannot be identified');
      const sent = authorizationsOf(request);
      if (sent.length === 0) return refuse(request, reply, 'Send a token in the header authorization: Bearer TOKEN.');
      try {
        const [, token] = (sent.length === 1 && BEARER.exec(sent[0] ?? '')) || [];
        if (token === undefined) throw new TokenError('ERR_NO_BEARER_TOKEN', { headers: sent.length });
        identities.set(request, await tokens.identify(token));
      } catch (error) {
        if (error instanceof TokenError) {
          const { reason, facts } = error;
          reports.report((leftOut) =>
            logger.warn({ requestId: request.id, reason, ...facts, ...(leftOut > 0 && { leftOut }) }, 'Invalid token'),
          );
          return refuse(request, reply, 'Invalid token. Sign in again.', 'invalid_token');
        }
        if (!(error instanceof KeysUnavailableError)) throw error;
        reply.header('retry-after', RETRY_AFTER_S);
        sendGraphqlError(
          reply,
          503,
          'AUTHENTICATION_UNAVAILABLE',
          `Tokens cannot be verified at the moment. Retry in ${RETRY_AFTER_S} seconds.`,
        );
      }
    },
  };
}

/** Returns each authorization header of a request. Node shows the first alone; a proxy may have read another. */
function authorizationsOf({ raw }: FastifyRequest): readonly string[] {
  return raw.rawHeaders.filter((_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === 'authorization');
}
