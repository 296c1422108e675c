import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type FormattedExecutionResult, OperationTypeNode } from 'graphql';
import type { Logger } from 'pino';
import { callerOf } from '../graphql/identity.js';
import type { Admitted, Cost, Refused } from '../pipeline/admission.js';
import type { GraphqlResponse, Pipeline } from '../pipeline/apollo-server.js';
import { observeOperation } from '../pipeline/observe-operation.js';
import type { RequestObserver } from '../pipeline/request-observer.js';
import type { Authentication } from './auth/authenticate.js';
import type { RequestSignals } from './draining.js';
import { sendGraphqlError } from './graphql-error.js';
import { PARTIAL_SUCCESS, statusOf, toJson } from './graphql-response.js';
import { refuseEncodedBodies } from './json-body.js';
import { responseType, withEncoding } from './negotiation.js';
import type { ObserveRequest } from './observe-requests.js';
import type { Intake } from './intake.js';
import { sendOverloaded } from './overload.js';
import type { Places } from './places.js';
import { type ContextOptions, contextOf, type RequestFacts, TIMEOUT_HEADER } from './request-context.js';
import { asRequest } from './request-id.js';
import { openStream } from './streams/open-stream.js';
import { SERVER_SENT_EVENTS, streamFormat } from './streams/stream-format.js';
import type { Subscriptions } from './streams/subscriptions.js';
import type { UnreadAnswers } from './unread-answers.js';

/** Options of {@link serveGraphql}. */
export interface GraphqlRouteOptions extends ContextOptions {
  readonly authentication: Authentication;
  /** The requests that may be executed at once. */
  readonly places: Places;
  readonly unread: UnreadAnswers;
  /** The open streams. */
  readonly subscriptions: Subscriptions;
  /** Origins of routers that may ask for callbacks. */
  readonly callbackOrigins: readonly string[];
  readonly pipeline: Pipeline;
  readonly signals: RequestSignals;
  /** Default: nothing is reported. */
  readonly observer?: RequestObserver | undefined;
  readonly observed: ObserveRequest;
  readonly logger: Logger;
}

/** A client that sends this header with any value but 0 gets the cost of its request, in extensions.cost. */
const COST_HEADER = 'x-graphql-cost';

/**
 * Serves POST /graphql. A request passes, in this order: the overload check and the hooks of server.ts, authentication, the
 * checks of its headers, a place among those of its caller, admission, execution, response.
 */
export function serveGraphql(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { authentication, places, unread, pipeline, signals, observer, observed, logger } = options;

  /** @returns undefined if the request was refused */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    facts: RequestFacts,
  ): Promise<string | undefined> {
    const operation = observeOperation(observer);
    const admission = pipeline.admit(request.body);
    operation.admission(admission);
    const response = admission.errors
      ? refusalOf(admission)
      : isSubscription(admission)
        ? await openStream(options, request, reply, facts, admission)
        : await pipeline.execute(admission, contextOf(request, signals.signalOf(reply), facts, options));
    if (response === undefined) {
      operation.response(BEGUN);
      return undefined;
    }
    operation.response(response);
    // A client that has its answer may rely on the records of it: lines that wait are written before.
    logger.flush();
    const text = toJson(asksForCost(request) ? withCost(response.result, admission.cost) : response.result);
    if (!unread.add(facts.caller.key, reply.raw, text)) return void refuseUnread(reply, admission, places.whole);
    const type = responseType(request.headers.accept);
    // The client accepts streams alone: its one result is a stream as well.
    if (type === undefined) return streamOf(request, reply, text);
    const status = statusOf(response, type);
    if (status === PARTIAL_SUCCESS) reply.raw.statusMessage = 'Partial Success';
    reply.code(status).type(withEncoding(type));
    return text;
  }

  app.post(
    '/graphql',
    { onRequest: [authentication.onRequest, refuseNotAcceptable, refuseBadTimeout, refuseEncodedBodies] },
    async (request, reply) => {
      const identity = authentication.identityOf(request);
      const facts = { id: request.id, caller: callerOf(identity, request.ip), identity };
      const refusal = places.take(facts.caller.key);
      if (refusal !== undefined) return sendOverloaded(reply, refusal);
      let text: string | undefined;
      try {
        text = await observed(request, () => asRequest(request.id, () => answer(request, reply, facts)));
      } finally {
        places.leave(facts.caller.key);
      }
      return text ?? reply;
    },
  );
}

/** Refuses a request whose response its client would not accept, before it is executed. */
async function refuseNotAcceptable({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (responseType(headers.accept) !== undefined || streamFormat(headers.accept) !== undefined) return;
  sendGraphqlError(
    reply,
    406,
    'NOT_ACCEPTABLE',
    'The gateway answers in application/json or application/graphql-response+json, and subscriptions in text/event-stream or multipart/mixed;subscriptionSpec=1.0. Name one of them in the header accept.',
  );
}

/** Refuses a request whose time-out is malformed, because another one would surprise the client. */
async function refuseBadTimeout({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const wanted = headers[TIMEOUT_HEADER];
  if (wanted === undefined || /^[1-9]\d{0,8}$/.test(String(wanted))) return;
  sendGraphqlError(
    reply,
    400,
    'BAD_REQUEST',
    `The header ${TIMEOUT_HEADER} must be whole milliseconds, from 1 to 999999999.`,
  );
}

/**
 * Refuses to send an answer because its caller has left too many unread. A query can be sent again. A mutation took effect, and
 * no refusal may deny that, so that its connection is closed.
 */
function refuseUnread(reply: FastifyReply, { operation }: Admitted | Refused, intake: Intake): void {
  if (operation?.operation !== 'mutation') {
    sendOverloaded(reply, intake);
    return;
  }
  reply.hijack();
  reply.raw.destroy();
}

/** What is reported of a subscription whose stream has begun. */
const BEGUN: GraphqlResponse = { result: { data: null }, isFailure: false, isWellFormed: true };

function isSubscription({ operation }: Admitted): boolean {
  return operation.operation === OperationTypeNode.SUBSCRIPTION;
}

function streamOf({ headers }: FastifyRequest, reply: FastifyReply, result: string): string {
  const format = streamFormat(headers.accept) ?? SERVER_SENT_EVENTS;
  reply.code(200).type(format.contentType);
  return format.begin + format.next(JSON.parse(result)) + format.complete;
}

function refusalOf({ errors, isWellFormed }: Refused): GraphqlResponse {
  return { result: { errors }, isFailure: false, isWellFormed };
}

function asksForCost({ headers }: FastifyRequest): boolean {
  return (headers[COST_HEADER] || '0') !== '0';
}

function withCost(result: FormattedExecutionResult, cost: Cost | undefined): FormattedExecutionResult {
  return cost === undefined ? result : { ...result, extensions: { ...result.extensions, cost } };
}
