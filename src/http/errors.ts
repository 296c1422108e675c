import type { FastifyError, FastifyInstance } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** Gives every failure that HTTP itself causes a clear answer that tells nothing of the inside. */
export function answerHttpErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    sendGraphqlError(reply, 404, 'NOT_FOUND', 'There is nothing here. Send GraphQL requests to POST /graphql.'),
  );
  app.setErrorHandler((error: FastifyError, request, reply) => {
    switch (error.statusCode) {
      case 413:
        return sendGraphqlError(
          reply,
          413,
          'PAYLOAD_TOO_LARGE',
          `The body is larger than the ${app.initialConfig.bodyLimit} bytes that a request may have.`,
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
          'The body is not valid JSON. Send an object with query and variables.',
        );
      default:
        request.log.error({ err: error }, 'A request failed');
        return sendGraphqlError(
          reply,
          500,
          'INTERNAL_SERVER_ERROR',
          'Something went wrong inside the gateway. The details are in its log.',
        );
    }
  });
}
