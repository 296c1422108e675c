import { type CleanedEnv, makeValidator, str } from 'envalid';
import {
  ACTIVE_TASKS,
  CHAIN_TASKS,
  CLIENT_TOKEN_WINDOW_MS,
  DAY_MS,
  RETENTION_DAYS,
  SCHEDULE_AHEAD_DAYS,
  SERVICE_SCHEDULE_AHEAD_DAYS,
} from '../connect/limits.js';
import { DATABASE_URL_FORM, databaseKind } from '../util/database-url.js';
import { DEFAULT_QUOTAS, type Quotas } from '../engine/decide/state.js';
import type { OpenOptions } from '../engine/open.js';
import { HiddenValueError, oneOf } from './validators.js';

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
    throttle: env.CONNECT_THROTTLE === 'on',
  };
}

/** Returns the options to open the embedded engine with. */
export function engineOptions({ databaseUrl, seedFile, quotas, retentionDays }: EngineSettings): OpenOptions {
  return { databaseUrl, seedFile, quotas, retentionMs: retentionDays * DAY_MS };
}
