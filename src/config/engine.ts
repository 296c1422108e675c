import { type CleanedEnv, makeValidator, str } from 'envalid';
import {
  ACTIVE_TASKS,
  ATTACHMENT_BYTES,
  CHAIN_TASKS,
  CLIENT_TOKEN_WINDOW_MS,
  DAY_MS,
  MAX_ATTACHMENT_BYTES,
  RETENTION_DAYS,
  SCHEDULE_AHEAD_DAYS,
  SERVICE_SCHEDULE_AHEAD_DAYS,
} from '../connect/limits.js';
import { DATABASE_URL_FORM, databaseKind } from '../util/database-url.js';
import { DEFAULT_QUOTAS, type Quotas } from '../engine/decide/state.js';
import { type AllowedHosts, NO_HOSTS, parseAllowedHosts } from '../engine/files/allowed-hosts.js';
import type { OpenOptions } from '../engine/open.js';
import { given } from '../util/given.js';
import { HiddenValueError, httpUrl, oneOf, wholeNumber } from './validators.js';

const databaseUrl = makeValidator((text) => {
  if (databaseKind(text) === undefined) {
    const Refusal = text.startsWith('file:') ? Error : HiddenValueError;
    throw new Refusal(DATABASE_URL_FORM);
  }
  return text;
});

/** The quotas by their names in CONNECT_QUOTAS. */
const QUOTA_NAMES = {
  ActiveTasks: 'activeTasks',
  ChainTasks: 'chainTasks',
  ScheduleAheadDays: 'scheduleAheadDays',
} as const satisfies Readonly<Record<string, keyof Quotas>>;

/** Maximum of ScheduleAheadDays: a hundred years. */
const MAX_DAYS = 36_500;

const quotas = makeValidator<Partial<Quotas>>((text) => {
  const stated: { -readonly [Name in keyof Quotas]?: number } = {};
  for (const part of text.split(',')) {
    const [, name = '', number] = /^(\w+)=(\d{1,9})$/.exec(part.trim()) ?? [];
    const quota = Object.hasOwn(QUOTA_NAMES, name) ? QUOTA_NAMES[name as keyof typeof QUOTA_NAMES] : undefined;
    if (quota === undefined || stated[quota] !== undefined) {
      throw new Error('ActiveTasks=NUMBER,ChainTasks=NUMBER,ScheduleAheadDays=NUMBER, each once');
    }
    stated[quota] = Number(number);
  }
  if ((stated.scheduleAheadDays ?? 0) > MAX_DAYS) throw new Error(`ScheduleAheadDays of at most ${MAX_DAYS}`);
  return stated;
});

/** A client token answers for 7 days with the contact it created, so that contacts must stay as long. */
const retentionDays = makeValidator((text) => {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days * DAY_MS < CLIENT_TOKEN_WINDOW_MS || days > 36_500) throw new Error('days, from 7 to 36500');
  return days;
});

const allowedHosts = makeValidator(parseAllowedHosts);

/** Settings of the embedded engine. */
export const ENGINE_SETTINGS = {
  DATABASE_URL: databaseUrl({
    default: 'file:data/connect.db',
    desc: 'Database of the embedded engine. file: and a path, or postgres://… With aws, PostgreSQL shares the rates between replicas.',
  }),
  CONNECT_SEED: str({ default: undefined, desc: 'File of resources to load into the embedded engine.' }),
  CONNECT_QUOTAS: quotas({
    default: {},
    desc: `Quotas of the embedded engine. Default: ActiveTasks=${ACTIVE_TASKS},ChainTasks=${CHAIN_TASKS},ScheduleAheadDays=${SCHEDULE_AHEAD_DAYS}. ScheduleAheadDays holds before a real instance too; there its default is ${SERVICE_SCHEDULE_AHEAD_DAYS}.`,
  }),
  CONNECT_RETENTION_DAYS: retentionDays({
    default: RETENTION_DAYS,
    desc: 'Days that the embedded engine keeps ended contacts, from their start. At least 7.',
  }),
  CONNECT_ATTACHMENTS_FOLDER: str({
    default: undefined,
    desc: 'Folder of the attachments of the embedded engine. Unset: beside the file of SQLite; on PostgreSQL tasks with attachments are refused, because replicas need a folder that all of them share.',
  }),
  CONNECT_ATTACHMENTS_MAX_BYTES: wholeNumber(
    1,
    MAX_ATTACHMENT_BYTES,
  )({
    default: ATTACHMENT_BYTES,
    desc: 'Maximum size of an attachment of the embedded engine, in bytes. Default: 20 MiB, as in a new instance.',
  }),
  CONNECT_ATTACHMENT_HOSTS: allowedHosts({
    default: NO_HOSTS,
    desc: 'Hosts that the embedded engine may fetch attachments from, with commas between them: names, *.domain, addresses, address ranges. A name that resolves to a private address needs that address too. Unset: none.',
  }),
  CONNECT_ATTACHMENTS_URL: httpUrl({
    default: undefined,
    desc: 'Address at which clients reach the downloads of the embedded engine, without a slash at its end. Unset: where this process listens.',
  }),
  CONNECT_THROTTLE: oneOf(
    'on',
    'off',
  )({
    default: 'off',
    desc: 'Make the embedded engine throttle like the service.',
  }),
} as const;

/** The embedded engine. */
export interface EngineSettings {
  readonly databaseUrl: string;
  /** File of resources to load; undefined: none. */
  readonly seedFile: string | undefined;
  readonly quotas: Quotas;
  /** Days that ended contacts are kept, from their start. */
  readonly retentionDays: number;
  readonly attachments: {
    /** Undefined: see {@link OpenOptions}. */
    readonly folder: string | undefined;
    readonly maxBytes: number;
    readonly hosts: AllowedHosts;
    /** Address of downloads; undefined: where this process listens. */
    readonly url: string | undefined;
  };
  /** Whether the engine throttles like the service. */
  readonly throttle: boolean;
}

/** Reads the settings of the embedded engine, and the quotas that hold before a real instance (`isReal`) too. */
export function engineOf(env: CleanedEnv<typeof ENGINE_SETTINGS>, isReal: boolean): EngineSettings {
  const defaults = isReal ? { ...DEFAULT_QUOTAS, scheduleAheadDays: SERVICE_SCHEDULE_AHEAD_DAYS } : DEFAULT_QUOTAS;
  return {
    databaseUrl: env.DATABASE_URL,
    seedFile: env.CONNECT_SEED,
    quotas: { ...defaults, ...env.CONNECT_QUOTAS },
    retentionDays: env.CONNECT_RETENTION_DAYS,
    attachments: {
      folder: env.CONNECT_ATTACHMENTS_FOLDER,
      maxBytes: env.CONNECT_ATTACHMENTS_MAX_BYTES,
      hosts: env.CONNECT_ATTACHMENT_HOSTS,
      url: env.CONNECT_ATTACHMENTS_URL && withoutLastSlash(env.CONNECT_ATTACHMENTS_URL),
    },
    throttle: env.CONNECT_THROTTLE === 'on',
  };
}

/** Returns the options to open the embedded engine with. */
export function engineOptions(settings: EngineSettings): OpenOptions {
  const { databaseUrl, seedFile, quotas, retentionDays, attachments } = settings;
  return { databaseUrl, seedFile, quotas, retentionMs: retentionDays * DAY_MS, attachments: given(attachments) };
}

/** Removes one slash at the end of a URL, because paths are added to it. */
function withoutLastSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
