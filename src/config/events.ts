import { type CleanedEnv, makeValidator } from 'envalid';
import { HiddenValueError, httpUrl } from './validators.js';

const key = makeValidator((text) => {
  if (!/^[\x21-\x7e]{1,512}$/.test(text)) throw new HiddenValueError('1 to 512 characters of ASCII without spaces');
  return text;
});

/** Settings of contact events. */
export const EVENT_SETTINGS = {
  CONNECT_EVENTS_QUEUE_URL: httpUrl({
    default: undefined,
    desc: 'URL of the SQS queue that contact events of a real instance are read from. Unset: none.',
  }),
  CONNECT_EVENTS_KEY: key({
    default: undefined,
    desc: 'Key of POST /events/connect, for an API destination of EventBridge. Also sent to CONNECT_EVENTS_TARGET. Unset: no such path.',
  }),
  CONNECT_EVENTS_TARGET: httpUrl({
    default: undefined,
    desc: 'URL to which the embedded engine sends its contact events, as EventBridge would. Unset: none are sent.',
  }),
} as const;

/** Where contact events come from and go to. */
export interface EventsConfig {
  /** URL of the queue that events are read from; undefined: none. */
  readonly queueUrl: string | undefined;
  /** Key of POST /events/connect; undefined: the path is not served. */
  readonly key: string | undefined;
  /** URL to which the embedded engine sends its events; undefined: none are sent. */
  readonly target: string | undefined;
}

/** Reads the settings of contact events. */
export function eventsOf(env: CleanedEnv<typeof EVENT_SETTINGS>): EventsConfig {
  return { queueUrl: env.CONNECT_EVENTS_QUEUE_URL, key: env.CONNECT_EVENTS_KEY, target: env.CONNECT_EVENTS_TARGET };
}
