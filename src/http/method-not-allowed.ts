import type { FastifyReply } from 'fastify';

/**
 * Answers a request whose method /graphql does not serve: 405, the methods that it does serve, and a GraphQL-shaped
 * error, so that a GraphQL client reports the message and not a body that it cannot read.
 */
export function methodNotAllowed(reply: FastifyReply): FastifyReply {
  return reply
    .code(405)
    .header('allow', 'POST')
    .send({
      errors: [
        {
          message: 'Send GraphQL requests by POST. With GET, a browser is shown GraphiQL.',
          extensions: { code: 'METHOD_NOT_ALLOWED' },
        },
      ],
    });
}
