import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/**
 * Refuses requests that break HTTP's own rules although Node can parse them. Node would answer some of them itself, without
 * security headers, request id and message. Needs `requireHostHeader: false`.
 *
 * Sources: RFC 9110, section 10.1.1 (expect); RFC 9112, sections 3.2 (host) and 6.1 (transfer-encoding)
 */
export function refuseProtocolErrors(app: FastifyInstance): void {
  // Node answers such a request itself if no listener does. As a usual request it passes every hook.
  app.server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) =>
    app.server.emit('request', request, response),
  );
  app.addHook('onRequest', ({ raw }, reply, done) => {
    const { headers, httpVersionMajor, httpVersionMinor } = raw;
    const { host, expect, 'transfer-encoding': coding } = headers;
    if (host === undefined && httpVersionMajor === 1 && httpVersionMinor > 0) {
      reply.header('connection', 'close');
      sendGraphqlError(reply, 400, 'BAD_REQUEST', 'The header host is missing. HTTP/1.1 requires it.');
      return;
    }
    if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
      reply.header('connection', 'close');
      sendGraphqlError(reply, 417, 'BAD_REQUEST', 'The header expect accepts only 100-continue. Leave it out.');
      return;
    }
    if (coding !== undefined && coding.toLowerCase() !== 'chunked') {
      reply.header('connection', 'close');
      sendGraphqlError(
        reply,
        501,
        'BAD_REQUEST',
        'The header transfer-encoding accepts only chunked. Send the body without another coding.',
      );
      return;
    }
    done();
  });
}
