import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import type { Admitted } from '../../pipeline/admission.js';
import type { GraphqlResponse, Pipeline } from '../../pipeline/apollo-server.js';
import type { RequestSignals } from '../draining.js';
import { type ContextOptions, contextOf, type RequestFacts } from '../request-context.js';
import { asRequest } from '../request-id.js';
import { CallbackSender, isAllowed, readCallback } from './callback.js';
import { type StreamFormat, streamFormat } from './stream-format.js';
import type { StreamOwner, Subscriptions } from './subscriptions.js';

/** Options of {@link openStream}. */
export interface StreamOptions extends ContextOptions {
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions;
  readonly signals: RequestSignals;
  /** Origins of routers that may ask for callbacks. */
  readonly callbackOrigins: readonly string[];
}

/**
 * Begins a subscription and sends its results: as the response, or to a router's callback.
 *
 * @returns undefined if a stream has begun as the response, else the response
 */
export async function openStream(
  options: StreamOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  facts: RequestFacts,
  admission: Admitted,
): Promise<GraphqlResponse | undefined> {
  const { pipeline, subscriptions, signals, callbackOrigins } = options;
  const { caller, identity } = facts;
  const refused = (code: ResponseErrorCode, message: string): GraphqlResponse => ({
    result: { errors: [pipeline.format(new GraphQLError(message, { extensions: { code } }))] },
    isFailure: false,
    isWellFormed: true,
  });
  const callback = readCallback(request.body);
  const format = streamFormat(request.headers.accept);
  if (callback === undefined && format === undefined) return refused('BAD_REQUEST', NO_STREAM);
  if (callback !== undefined && 'problem' in callback) return refused('BAD_REQUEST', callback.problem);
  if (callback !== undefined && !isAllowed(callback, callbackOrigins)) return refused('BAD_REQUEST', NO_CALLBACK);
  // The source and the place must end with the stream, however that ends.
  const controller = new AbortController();
  const ended = controller.signal;
  const end = () => controller.abort(new Error('The stream has ended'));
  const owner: StreamOwner = {
    identity,
    ended,
    expired: () => asRequest(request.id, () => refused('UNAUTHENTICATED', EXPIRED).result),
  };
  if (!subscriptions.admit(caller.key, ended)) return refused('LIMIT_EXCEEDED', TOO_MANY);
  try {
    const sender = callback && new CallbackSender(callback, ended, end);
    if (sender && !(await sender.check())) return endWith(refused('BAD_REQUEST', NO_CHECK));
    if (!sender) onHangUp(signals.signalOf(reply), end);
    const results = await pipeline.subscribe(admission, () => contextOf(request, ended, facts, options));
    if ('refusal' in results) return endWith({ result: results.refusal, isFailure: false, isWellFormed: true });
    if (sender) {
      subscriptions.follow(sender, owner);
      asRequest(request.id, () => sender.send(results)).catch(end);
      return { result: { data: null }, isFailure: false, isWellFormed: true };
    }
    const stream = subscriptions.send(reply, format as StreamFormat, results, owner);
    stream.once('close', end);
    reply.send(stream);
    return undefined;
  } catch (error) {
    end();
    throw error;
  }

  function endWith(response: GraphqlResponse): GraphqlResponse {
    end();
    return response;
  }
}

/** The signal of a request fires if its client hangs up before it has the whole response. */
function onHangUp(signal: AbortSignal, end: () => void): void {
  signal.addEventListener('abort', end, { once: true });
}

const NO_STREAM =
  'Results of a subscription come as a stream. Send the header accept: text/event-stream, or multipart/mixed;subscriptionSpec=1.0.';
const NO_CALLBACK =
  'This gateway sends no results to that callback. Its operator lists the origins of routers in SUBSCRIPTION_CALLBACK_ORIGINS.';
const NO_CHECK = 'The callback did not accept the check message. Send the subscription again.';
const TOO_MANY = 'Too many subscriptions are open. Close one, or retry later.';
const EXPIRED = 'The token has expired. Sign in again, and continue after the last cursor.';
