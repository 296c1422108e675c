import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { EventsConfig } from '../config/events.js';
import type { EmbeddedConnect } from '../engine/engine.js';
import { EventSender } from '../feed/events/event-sender.js';
import { postEvents } from '../feed/events/post-event.js';
import type { ServedInstance } from '../graphql/instances.js';

/** Options of {@link sendEvents}. */
export interface SendEventsOptions {
  readonly events: EventsConfig;
  readonly instances: readonly ServedInstance[];
}

/**
 * Sends the changes of the embedded engine to CONNECT_EVENTS_TARGET, as EventBridge would.
 *
 * @returns ends that
 */
export async function sendEvents(
  engine: EmbeddedConnect,
  { events: { target, key }, instances }: SendEventsOptions,
  logger: Logger,
): Promise<() => Promise<void>> {
  if (target === undefined) return async () => {};
  const send = postEvents(target, key);
  const senders = await Promise.all(
    instances.map(({ id: instanceId }) =>
      EventSender.start({
        log: engine.changes,
        instanceId,
        describe: (contactIds) => engine.describeContacts({ instanceId, contactIds }),
        send,
        position: engine.changes.positionOf('events', instanceId),
        pause: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
        now: () => performance.now(),
        events: {
          onTarget({ accepts, error }) {
            if (accepts) logger.info('CONNECT_EVENTS_TARGET accepts contact events again');
            else logger.warn({ err: error }, 'CONNECT_EVENTS_TARGET did not accept a contact event. It is sent again.');
          },
          onLost: (event) =>
            logger.warn(event, 'Changes left the table before they were sent to CONNECT_EVENTS_TARGET'),
        },
      }),
    ),
  );
  return async () => {
    await Promise.all(senders.map((sender) => sender.close()));
  };
}
