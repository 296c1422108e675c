import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerType } from '../util/answer-type.js';
import { sendGraphqlError } from './graphql-error.js';

/**
 * Refuses a request whose answer its client would not take, before anything is done: Apollo Server looks at that after
 * the operation, so that a task would be created and a failure told.
 */
export async function refuseNotAcceptable(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (answerType(request.headers.accept) !== undefined) return;
  sendGraphqlError(
    reply,
    406,
    'NOT_ACCEPTABLE',
    'Answers come as application/json or application/graphql-response+json. Name one of them in the header accept.',
  );
}
