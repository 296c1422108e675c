import type { FastifyReply } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** Answers a request whose method /graphql does not serve: 405, and the methods that it does serve. */
export function methodNotAllowed(reply: FastifyReply): FastifyReply {
  reply.header('allow', 'POST');
  return sendGraphqlError(
    reply,
    405,
    'METHOD_NOT_ALLOWED',
    'Send GraphQL requests by POST. With GET, a browser is shown GraphiQL.',
  );
}
