import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { ChangeLog } from '../connect/contact-change.js';
import type { Connect } from '../connect/connect.js';
import type { ContactFeed } from '../feed/contact-feed.js';
import { type HintEvents, HintIntake } from '../feed/events/hint-intake.js';
import { QueueReader } from '../feed/events/queue-reader.js';
import { LogFeed } from '../feed/log-feed.js';
import type { MemoryChangeLog } from '../feed/memory-change-log.js';
import { PolledFeed } from '../feed/polling/polled-feed.js';
import { systemClock } from '../policies/clock.js';
import type { Policies } from '../policies/policies.js';
import { loadOptional } from '../util/optional-package.js';

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

/** The part of the rate of DescribeContact that polling may use. Queries of clients need the rest. */
const POLLED_SHARE = 1 / 5;

/** Time for one read, in milliseconds. */
const READ_MS = 10_000;

/** Options of {@link openFeed}. */
export interface FeedOptions {
  readonly config: Pick<Config, 'events' | 'upstream'>;
  readonly policies: Pick<Policies, 'forget'>;
  readonly connect: Connect;
  readonly changes: ChangeLog;
  /** The same log if it holds only changes that something else reports. */
  readonly reported: MemoryChangeLog | undefined;
  readonly onResync: (() => void) | undefined;
}

/** Opens the feed. Where neither the adapter nor events report changes, contacts that subscriptions name by id are polled. */
export function openFeed({ config, policies, connect, changes, reported, onResync }: FeedOptions): ContactFeed {
  const feed = new LogFeed(changes, onResync);
  const { events, upstream } = config;
  if (reported === undefined || events.queueUrl !== undefined || events.key !== undefined) return feed;
  return new PolledFeed({
    feed,
    add: (instanceId, change) => reported.add(instanceId, change),
    async read(instanceId, contactId) {
      const deadline = systemClock.now() + READ_MS;
      const [contact = null] = await connect.describeContacts({ instanceId, contactIds: [contactId] }, { deadline });
      return contact;
    },
    forget: policies.forget,
    clock: systemClock,
    wallClock: Date.now,
    perSecond: (upstream.rates.DescribeContact.perSecond * POLLED_SHARE) / upstream.replicas,
  });
}

/** Reads a queue. Only this function loads the SDK's client of queues. */
async function readQueue(url: string, region: string | undefined, intake: HintIntake, logger: Logger) {
  const { openEventQueue } = await loadOptional('CONNECT_EVENTS_QUEUE_URL', () => import('../aws/event-queue.js'));
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
