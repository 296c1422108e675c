import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { EventOutcome } from '../feed/events/hint-intake.js';
import { sendGraphqlError } from './graphql-error.js';
import { refuseEncodedBodies } from './json-body.js';

/** Options of {@link serveConnectEvents}. */
export interface ConnectEventsOptions {
  /** Key of the senders (CONNECT_EVENTS_KEY). */
  readonly key: string;
  /** Takes an event in the envelope of EventBridge. It never waits. */
  readonly take: (event: unknown) => EventOutcome;
}

/** Maximum bytes of an event: that of EventBridge (quotas, PutEvents entry size). */
const BODY_LIMIT = 256 * 1024;

/** Serves POST /events/connect, the target of an API destination of EventBridge. */
export function serveConnectEvents(app: FastifyInstance, { key, take }: ConnectEventsOptions): void {
  const expected = digest(key);

  /** Compares in constant time: digests have one length. */
  async function refuseOthers({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (timingSafeEqual(expected, digest(keyOf(headers)))) return;
    sendGraphqlError(
      reply,
      401,
      'UNAUTHENTICATED',
      'The key is missing or wrong. Send the value of CONNECT_EVENTS_KEY in the header x-api-key.',
    );
  }

  app.post(
    '/events/connect',
    { bodyLimit: BODY_LIMIT, onRequest: [refuseOthers, refuseEncodedBodies] },
    async ({ body }, reply) => {
      const message = REFUSALS[take(body)];
      if (message !== undefined) return sendGraphqlError(reply, 400, 'BAD_REQUEST', message);
      return reply.code(204).send();
    },
  );
}

/** Events that are refused. EventBridge does not send them again. */
const REFUSALS: Readonly<Partial<Record<EventOutcome, string>>> = {
  MALFORMED: 'The body is not a contact event of Amazon Connect in the envelope of EventBridge.',
  FOREIGN: 'The gateway does not serve the instance of this event. Select events by detail.instanceArn in the rule.',
};

/** The key of a request: in the header x-api-key, or in authorization, with or without Bearer. */
function keyOf({ 'x-api-key': key, authorization }: FastifyRequest['headers']): string {
  return typeof key === 'string' ? key : (authorization ?? '').replace(/^Bearer +/i, '');
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
