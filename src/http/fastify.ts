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
 * Creates an HTTP server without routes, with limits, security headers, request ids, compression and an answer to every error of
 * HTTP itself.
 *
 * @param tls files of TLS, which are reloaded when they change. Default: no TLS
 */
export function createFastify(logger: Logger, limits: TransportLimits, tls?: TlsFiles): FastifyInstance {
  const { http, ...transport } = transportOptions(limits);
  const app = fastify({
    loggerInstance: logger as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: ({ headers }) => requestIdOf(headers),
    // A logger for each request costs more than its lines. Each line names its request instead.
    childLoggerFactory: (parent) => parent,
    // Fastify's own answer is not in the form of GraphQL, and makes /health/live fail.
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
