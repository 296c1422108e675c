import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';
import { REQUEST_ID_HEADER } from './request-id.js';
import { ANSWER_HEADERS } from './security-headers.js';

/** Answers every failure of HTTP itself with a GraphQL error, without internals. */
export function answerHttpErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => notFound(reply));
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { statusCode = 500 } = error;
    switch (statusCode) {
      case 403:
        // A path that leads out of the served files. 404 does not reveal whether a file is there.
        return notFound(reply);
      case 413:
        return sendGraphqlError(
          reply,
          413,
          'PAYLOAD_TOO_LARGE',
          `The body is larger than ${app.initialConfig.bodyLimit} bytes (MAX_BODY_BYTES). Send less in one request.`,
        );
      case 415:
        return sendGraphqlError(
          reply,
          415,
          'UNSUPPORTED_MEDIA_TYPE',
          'Send the request as JSON, with the header content-type: application/json.',
        );
      case 400:
        return sendGraphqlError(
          reply,
          400,
          'BAD_REQUEST',
          'The body is not JSON in UTF-8. Send an object with query and variables.',
        );
      default:
        if (statusCode < 500) {
          return sendGraphqlError(
            reply,
            statusCode,
            'BAD_REQUEST',
            'The gateway cannot meet the headers of the request. Send fewer headers.',
          );
        }
        request.log.error({ err: error, requestId: request.id }, 'A request failed');
        return sendGraphqlError(
          reply,
          500,
          'INTERNAL_SERVER_ERROR',
          'Something went wrong inside the gateway. The details are in its log.',
        );
    }
  });
}

/** Answers a request for which Fastify finds no route because its path cannot be decoded. No hook has run by then. */
export function answerUnroutable(_error: FastifyError, { id }: FastifyRequest, reply: FastifyReply): void {
  reply.headers({ ...ANSWER_HEADERS, [REQUEST_ID_HEADER]: id });
  sendGraphqlError(
    reply,
    400,
    'BAD_REQUEST',
    'The path of the request cannot be decoded. Send requests to POST /graphql.',
  );
}

function notFound(reply: FastifyReply): FastifyReply {
  return sendGraphqlError(reply, 404, 'NOT_FOUND', 'There is nothing here. Send GraphQL requests to POST /graphql.');
}

/**
 * Answers a request whose method /graphql does not serve with 405 and the methods that it serves.
 *
 * @param showsPage whether GraphiQL is served. Default: true
 */
export function methodNotAllowed(reply: FastifyReply, showsPage = true): FastifyReply {
  reply.header('allow', 'POST');
  return sendGraphqlError(
    reply,
    405,
    'METHOD_NOT_ALLOWED',
    showsPage
      ? 'Send GraphQL requests by POST. GET shows GraphiQL to browsers.'
      : 'Send GraphQL requests by POST. GraphiQL is off; GRAPHIQL=on serves it to browsers that send GET.',
  );
}
