import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { type HintEvents, HintIntake } from '../feed/events/hint-intake.js';
import { QueueReader } from '../feed/events/queue-reader.js';
import type { MemoryChangeLog } from '../feed/memory-change-log.js';
import { systemClock } from '../policies/clock.js';
import type { Policies } from '../policies/policies.js';

/** Options of {@link openEvents}. */
export interface EventsOptions {
  readonly config: Pick<Config, 'instances' | 'events' | 'aws'>;
  readonly policies: Pick<Policies, 'forget'>;
  /** Receives the changes. Undefined: the adapter reports its own changes, so that events are only checked. */
  readonly log: MemoryChangeLog | undefined;
  /** Default: events are not measured. */
  readonly observer: HintEvents | undefined;
  readonly logger: Logger;
}

/** The contact events that come in. */
export interface Events {
  readonly intake: HintIntake;
  close(): Promise<void>;
}

/** Opens the intake of contact events, and begins to read the queue if one is set. */
export async function openEvents({ config, policies, log, observer, logger }: EventsOptions): Promise<Events> {
  const { instances, events, aws } = config;
  const intake = new HintIntake({
    instanceIds: new Set(instances.map(({ id }) => id)),
    add: (instanceId, change) => log?.add(instanceId, change),
    forget: policies.forget,
    clock: systemClock,
    wallClock: Date.now,
    events: observer,
  });
  const reader =
    events.queueUrl === undefined ? undefined : await readQueue(events.queueUrl, aws.region, intake, logger);
  return {
    intake,
    async close() {
      await reader?.close();
      intake.close();
    },
  };
}

/** Reads a queue. Only this function loads the SDK's client of queues. */
async function readQueue(url: string, region: string | undefined, intake: HintIntake, logger: Logger) {
  const { openEventQueue } = await import('../aws/event-queue.js');
  return new QueueReader({
    queue: openEventQueue({ url, region }),
    take: (event) => intake.take(event, 'QUEUE'),
    pause: (ms, signal) => delay(ms, undefined, { signal, ref: false }),
    onReadable({ isReadable, error }) {
      if (isReadable) logger.info('CONNECT_EVENTS_QUEUE_URL can be read again');
      else logger.warn({ err: error }, 'CONNECT_EVENTS_QUEUE_URL cannot be read: contact events wait there');
    },
  });
}
