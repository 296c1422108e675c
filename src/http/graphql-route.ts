import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import type { Caller, CallOptions } from '../connect/call.js';
import type { GatewayContext } from '../graphql/context.js';
import { callerOf, type Identity } from '../graphql/identity.js';
import type { Cost, Refused } from '../pipeline/admission.js';
import type { GraphqlResponse, Pipeline } from '../pipeline/apollo-server.js';
import { observeOperation } from '../pipeline/observe-operation.js';
import type { RequestObserver } from '../pipeline/request-observer.js';
import type { Authentication } from './auth/authenticate.js';
import type { RequestsUnderWay } from './draining.js';
import { sendGraphqlError } from './graphql-error.js';
import { statusOf, toJson } from './graphql-response.js';
import { refuseCharset } from './json-body.js';
import { responseType, withEncoding } from './negotiation.js';
import type { ObserveRequest } from './observe-requests.js';
import { asRequest } from './request-id.js';

/** The facts of a request that resolvers need beside their arguments. */
export interface RequestFacts {
  readonly id: string;
  readonly caller: Caller;
  readonly identity: Identity | undefined;
}

/** Options of {@link serveGraphql}. */
export interface GraphqlRouteOptions {
  readonly authentication: Authentication;
  /** Refuses a request under overload; returns whether it did. */
  readonly refuseOverload: (reply: FastifyReply) => boolean;
  readonly pipeline: Pipeline;
  /** Creates the context of a request's resolvers. */
  readonly contextOf: (call: CallOptions, request: RequestFacts) => GatewayContext;
  readonly underWay: RequestsUnderWay;
  /** How long a request may take, in milliseconds, unless it asks for less. */
  readonly requestTimeoutMs: number;
  /** The clock of deadlines, in milliseconds; it never goes back. */
  readonly now: () => number;
  /** Default: nothing is reported. */
  readonly observer?: RequestObserver | undefined;
  readonly observed: ObserveRequest;
  readonly logger: Logger;
}

/** A client that sends this header with any value but 0 gets the cost of its request, in extensions.cost. */
const COST_HEADER = 'x-graphql-cost';

/** The header by which a request asks for less time than the gateway would give it, in milliseconds. */
const TIMEOUT_HEADER = 'x-request-timeout-ms';

/**
 * Serves POST /graphql. A request passes, in this order: the overload check and the hooks of server.ts, authentication, the
 * checks of its headers, a second overload check when its body has come, admission, execution, response.
 */
export function serveGraphql(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { authentication, refuseOverload, pipeline, underWay, observer, observed, logger } = options;

  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const operation = observeOperation(observer);
    const admission = pipeline.admit(request.body);
    operation.admission(admission);
    const response = admission.errors
      ? refusalOf(admission)
      : await pipeline.execute(admission, contextOf(request, reply, options));
    operation.response(response);
    // A client that has its answer may rely on the records of it: lines that wait are written before.
    logger.flush();
    const type = responseType(request.headers.accept) ?? 'application/json';
    reply.code(statusOf(response, type)).type(withEncoding(type));
    return toJson(asksForCost(request) ? withCost(response.result, admission.cost) : response.result);
  }

  app.post(
    '/graphql',
    { onRequest: [authentication.onRequest, refuseNotAcceptable, refuseBadTimeout, refuseCharset] },
    async (request, reply) => {
      if (refuseOverload(reply)) return reply;
      return observed(request, () => underWay.run(() => asRequest(request.id, () => answer(request, reply))));
    },
  );
}

/** Refuses a request whose response its client would not accept, before anything is done. */
async function refuseNotAcceptable({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (responseType(headers.accept) !== undefined) return;
  sendGraphqlError(
    reply,
    406,
    'NOT_ACCEPTABLE',
    'Answers come as application/json or application/graphql-response+json. Name one of them in the header accept.',
  );
}

/** Refuses a request whose own time cannot be read: to give it another would surprise it. */
async function refuseBadTimeout({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const wanted = headers[TIMEOUT_HEADER];
  if (wanted === undefined || /^[1-9]\d{0,8}$/.test(String(wanted))) return;
  sendGraphqlError(reply, 400, 'BAD_REQUEST', `${TIMEOUT_HEADER} takes whole milliseconds, at least 1.`);
}

/** The context of a request's resolvers: its caller, its deadline, and a signal that fires if its client hangs up. */
function contextOf(request: FastifyRequest, reply: FastifyReply, options: GraphqlRouteOptions): GatewayContext {
  const { authentication, underWay, requestTimeoutMs, now } = options;
  const identity = authentication.identityOf(request);
  const caller = callerOf(identity, request.ip);
  const wanted = Number(request.headers[TIMEOUT_HEADER] ?? Number.POSITIVE_INFINITY);
  const deadline = now() + Math.min(wanted, requestTimeoutMs);
  return options.contextOf(
    { signal: underWay.signalOf(reply), deadline, caller },
    { id: request.id, caller, identity },
  );
}

function refusalOf({ errors, isWellFormed }: Refused): GraphqlResponse {
  return { result: { errors }, status: 400, isWellFormed };
}

function asksForCost({ headers }: FastifyRequest): boolean {
  return (headers[COST_HEADER] || '0') !== '0';
}

function withCost(result: FormattedExecutionResult, cost: Cost | undefined): FormattedExecutionResult {
  return cost === undefined ? result : { ...result, extensions: { ...result.extensions, cost } };
}
