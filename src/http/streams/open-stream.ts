import type { FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { ResponseErrorCode } from '../../graphql/errors/response-codes.js';
import type { Admitted } from '../../pipeline/admission.js';
import type { GraphqlResponse, Pipeline } from '../../pipeline/apollo-server.js';
import type { RequestSignals } from '../draining.js';
import { type ContextOptions, contextOf, type RequestFacts } from '../request-context.js';
import { asRequest } from '../request-id.js';
import { streamFormat } from './stream-format.js';
import type { Subscriptions } from './subscriptions.js';

/** Options of {@link openStream}. */
export interface StreamOptions extends ContextOptions {
  readonly pipeline: Pipeline;
  readonly subscriptions: Subscriptions;
  readonly signals: RequestSignals;
}

/**
 * Begins a subscription and sends its results as a stream.
 *
 * @returns undefined if the stream has begun, else the response that refuses it
 */
export async function openStream(
  options: StreamOptions,
  request: FastifyRequest,
  reply: FastifyReply,
  facts: RequestFacts,
  admission: Admitted,
): Promise<GraphqlResponse | undefined> {
  const { pipeline, subscriptions, signals } = options;
  const { caller, identity } = facts;
  const refused = (code: ResponseErrorCode, message: string): GraphqlResponse => ({
    result: { errors: [pipeline.format(new GraphQLError(message, { extensions: { code } }))] },
    isFailure: false,
    isWellFormed: true,
  });
  const format = streamFormat(request.headers.accept);
  if (format === undefined) {
    return refused(
      'BAD_REQUEST',
      'Results of a subscription come as a stream. Send the header accept: text/event-stream, or multipart/mixed;subscriptionSpec=1.0.',
    );
  }
  if (!subscriptions.admits(caller.key)) {
    return refused('LIMIT_EXCEEDED', 'Too many subscriptions are open. Close one, or retry later.');
  }
  // The signal of the request fires only if the client hangs up; the source must end with the stream, however that ends.
  const ended = new AbortController();
  const hungUp = signals.signalOf(reply);
  hungUp.addEventListener('abort', () => ended.abort(hungUp.reason), { once: true });
  const subscribed = await pipeline.subscribe(admission, () => contextOf(request, ended.signal, facts, options));
  if ('refusal' in subscribed) {
    return { result: subscribed.refusal, isFailure: false, isWellFormed: true };
  }
  const stream = subscriptions.send(reply, format, subscribed, {
    caller: caller.key,
    identity,
    expired: () =>
      asRequest(
        request.id,
        () =>
          refused('UNAUTHENTICATED', 'The token has expired. Sign in again, and continue after the last cursor.')
            .result,
      ),
  });
  stream.once('close', () => ended.abort(new Error('The stream has ended')));
  reply.send(stream);
  return undefined;
}
