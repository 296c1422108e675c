import type { Server } from 'node:http';
import fastify, { type FastifyBaseLogger, type FastifyHttpOptions, type FastifyInstance, LogController } from 'fastify';
import type { Logger } from 'pino';
import { compressAnswers } from './compression.js';
import { hangUpWhenDraining } from './draining.js';
import { answerHttpErrors, answerUnroutable } from './errors.js';
import { refuseProtocolErrors } from './protocol-errors.js';
import { answerRequestIds, requestIdOf } from './request-id.js';
import { sendSecurityHeaders } from './security-headers.js';
import { readTls, reloadTls, type TlsFiles } from './tls.js';
import { limitConnections, type TransportLimits, transportOptions } from './transport-limits.js';
import { answerUnreadable, refuseTunnels } from './unreadable-requests.js';
import { cutStalledReaders } from './unread-answers.js';

/**
 * Creates an HTTP server without routes: its limits, its security headers, and an answer to every error of HTTP itself.
 *
 * @param tls files of TLS, which are loaded again when they change. Default: no TLS
 */
export function createFastify(logger: Logger, limits: TransportLimits, tls?: TlsFiles): FastifyInstance {
  const { http, ...transport } = transportOptions(limits);
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdOf(headers),
    // A logger of each request's own costs more than its line would: what is logged names the request itself.
    childLoggerFactory: (parent) => parent,
    // Fastify's own answer is not in the shape of GraphQL, and hides that the process lives.
    return503OnClosing: false,
    frameworkErrors: answerUnroutable,
    clientErrorHandler: answerUnreadable,
    ...transport,
    ...(tls ? { https: { ...http, ...readTls(tls) } } : { http }),
  } as FastifyHttpOptions<Server>);
  if (tls) reloadTls(app, tls, logger);
  limitConnections(app, limits);
  cutStalledReaders(app, limits.sendTimeoutMs);
  answerHttpErrors(app);
  hangUpWhenDraining(app);
  compressAnswers(app);
  sendSecurityHeaders(app);
  answerRequestIds(app);
  refuseProtocolErrors(app);
  refuseTunnels(app);
  return app;
}
