import { cleanEnv, makeValidator, str } from 'envalid';
import { DATABASE_URL_FORM, databaseKind } from './connect/embedded/database-url.js';
import type { Quotas } from './connect/embedded/decide/state.js';
import { SAMPLE_INSTANCE_ID } from './connect/embedded/sample-instance.js';
import { ACTIVE_TASKS, CHAIN_TASKS, CLIENT_TOKEN_WINDOW_MS, RETENTION_DAYS } from './connect/limits.js';
import { RATES, type Rate, type RatedOperation } from './connect/rates.js';
import { INSTANCES_FORM, instanceNamed, readInstances, type ServedInstance } from './instances.js';
import { isLoopback } from './loopback.js';
import { RATES_FORM, readRates } from './rates-setting.js';
import { EXPOSURE_SETTINGS, type Exposure, exposureOf, type PersistedSettings } from './settings/exposure.js';
import { LIMIT_SETTINGS, type Limits, limitsOf } from './settings/limits.js';
import { oneOf } from './settings/validators.js';

/** How the process is set up: every setting, with the default that a fresh machine gets. */
export interface Config {
  /** Where to listen. Beyond loopback only with authentication, or with AUTH=none. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Whose tokens are taken; undefined where nobody is asked who it is. */
  readonly auth: AuthConfig | undefined;
  /** What the audit log writes; undefined where there is none. */
  readonly audit: { readonly taskNames: boolean } | undefined;
  readonly adapter: 'embedded' | 'aws';
  /** The instance that is meant where a request names none. */
  readonly instanceId: string;
  /** The instances that are served; the one above is among them. */
  readonly instances: readonly ServedInstance[];
  /** Before a real instance: judge by our own readings too, where the API's reference is silent. */
  readonly strict: boolean;
  /** Where the real instance is, as far as it is set here; the rest is the SDK's own chain. */
  readonly aws: { readonly region: string | undefined; readonly endpoint: string | undefined };
  /** How the real instance is called. */
  readonly upstream: UpstreamConfig;
  /** How long what a real instance answered is given again, in milliseconds: contacts, and the catalogue. 0: not at all. */
  readonly caches: { readonly readTtlMs: number; readonly catalogTtlMs: number };
  /** Calls on a real instance that one request may cost, as estimated. */
  readonly maxUpstreamCalls: number;
  readonly databaseUrl: string;
  /** A file of resources for the embedded engine; undefined where there is none. */
  readonly seedFile: string | undefined;
  readonly quotas: Quotas;
  /** Days that the embedded engine keeps ended contacts, from their start. */
  readonly retentionDays: number;
  /** Whether the embedded engine throttles as the service does. */
  readonly throttle: boolean;
  /** The AWS wire of the embedded engine; undefined where none is served. */
  readonly wire: WireConfig | undefined;
  /** How long a request may take, unless it asks for less. */
  readonly requestTimeoutMs: number;
  /** What is measured is served at /metrics: on the gateway's own port where there is none of its own. Undefined: off. */
  readonly metrics: { readonly port: number | undefined } | undefined;
  /** Undefined: nothing is traced. */
  readonly traces: TracesConfig | undefined;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  readonly drainTimeoutMs: number;
  readonly logLevel: string;
  /** How much one caller may ask for. */
  readonly limits: Limits;
  readonly exposure: Exposure;
  /** Origins whose pages may call, beside the gateway's own. */
  readonly corsOrigins: readonly string[];
  readonly persisted: PersistedSettings;
}

/** How a real instance is called. */
export interface UpstreamConfig {
  /** How often, in one account and region. */
  readonly rates: Readonly<Record<RatedOperation, Rate>>;
  /** How many replicas share that. */
  readonly replicas: number;
  /** How long one call may take before it counts as lost. */
  readonly callTimeoutMs: number;
}

/** Whose tokens are taken, and what they say. */
export interface AuthConfig {
  /** Where the issuer's public keys are. */
  readonly jwksUrl: string;
  readonly issuer: string;
  readonly audience: string;
  /** The claim that lists the instances a caller may touch; undefined: every caller may touch all. */
  readonly instancesClaim: string | undefined;
}

/** Where traces are sent, by OTLP over HTTP, and how many. */
export interface TracesConfig {
  readonly endpoint: string;
  /** The share of requests that are traced, from 0 to 1, where the client's `traceparent` does not decide. */
  readonly share: number;
}

/** Where the AWS wire is served, on the same host as the gateway, and whose signatures it takes. */
export interface WireConfig {
  /** 0: any free port. */
  readonly port: number;
  /** Omitted: any well-formed signature is taken, and none. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** What is started: the gateway, or nothing but the AWS wire of the embedded engine. */
export type Program = 'gateway' | 'emulator';

/**
 * Requests that may be executed at once, by adapter. The engine is in this process: more of them would wait for each
 * other. Before a real instance they mostly wait for its answers, which takes nothing here.
 */
const MAX_REQUESTS = { embedded: 128, aws: 512 };

/** Where the emulator listens unless it is told otherwise. */
const EMULATOR_PORT = 4100;

/** A setting is wrong. The message names it, what it takes and what came. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

const port = makeValidator((text) => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error('a port from 0 to 65535');
  return Number(text);
});

/** Keys that come in the clear could be anyone's; within a machine nobody is in between. */
const jwksUrl = makeValidator((text) => {
  const url = URL.parse(text);
  if (url?.username || url?.password) throw new Error('an address without a user and a password');
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))) return text;
  throw new Error('an address with https://, or one of this machine with http://');
});

const databaseUrl = makeValidator((text) => {
  if (databaseKind(text) === undefined) throw new Error(DATABASE_URL_FORM);
  return text;
});

const quotas = makeValidator<Quotas>((text) => {
  const found = { ActiveTasks: ACTIVE_TASKS, ChainTasks: CHAIN_TASKS };
  for (const part of text.split(',').filter(Boolean)) {
    const [, name, number] = /^(ActiveTasks|ChainTasks)=(\d{1,9})$/.exec(part.trim()) ?? [];
    if (name === undefined) throw new Error('ActiveTasks=NUMBER,ChainTasks=NUMBER');
    found[name as keyof typeof found] = Number(number);
  }
  return { activeTasks: found.ActiveTasks, chainTasks: found.ChainTasks };
});

const instances = makeValidator((text) => {
  const found = readInstances(text);
  if (found === undefined) throw new Error(INSTANCES_FORM);
  return found;
});

const httpUrl = makeValidator((text) => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Error('an address of http or https');
  return text;
});

const share = makeValidator((text) => {
  const number = /^[01](\.\d{1,6})?$/.test(text) ? Number(text) : 2;
  if (number > 1) throw new Error('a number from 0 to 1');
  return number;
});

const count = makeValidator((text) => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error('a number from 1 to 999999');
  return Number(text);
});

const milliseconds = makeValidator((text) => {
  if (!/^\d{1,7}$/.test(text)) throw new Error('whole milliseconds');
  return Number(text);
});

const someMilliseconds = makeValidator((text) => {
  if (!/^0*[1-9]\d{0,6}$/.test(text)) throw new Error('whole milliseconds, at least 1');
  return Number(text);
});

const rates = makeValidator((text) => {
  const found = readRates(text);
  if (found === undefined) throw new Error(RATES_FORM);
  return found;
});

const wholeNumber = makeValidator((text) => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('a whole number, at least 1');
  return Number(text);
});

/** A client token answers for 7 days with the contact that it made: that must still be there. */
const retentionDays = makeValidator((text) => {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days * 24 * 60 * 60 * 1000 < CLIENT_TOKEN_WINDOW_MS || days > 36_500) throw new Error('days, from 7 to 36500');
  return days;
});

/** Every variable that the program reads. README lists the same ones; a test holds the two against each other. */
export const SETTINGS = {
  HOST: str({
    default: '127.0.0.1',
    desc: 'address to listen on; beyond loopback only with authentication, or AUTH=none',
  }),
  PORT: port({ default: 4000, desc: 'port to listen on; 0 takes any free one' }),
  AUTH: oneOf('none')({ default: undefined, desc: 'none: serve everyone, also beyond loopback' }),
  AUTH_JWKS_URL: jwksUrl({ default: undefined, desc: 'where the public keys are that tokens are verified by' }),
  AUTH_ISSUER: str({ default: undefined, desc: 'who must have issued a token: its claim iss' }),
  AUTH_AUDIENCE: str({ default: undefined, desc: 'whom a token must be meant for: its claim aud' }),
  AUTH_INSTANCES_CLAIM: str({
    default: undefined,
    desc: 'the claim that lists the instances a caller may touch; unset: all that are served',
  }),
  AUDIT_LOG: oneOf('on', 'off')({ default: 'on', desc: 'whether a line is logged for each mutation' }),
  AUDIT_TASK_NAMES: oneOf('on', 'off')({ default: 'off', desc: 'whether those lines tell the names of tasks' }),
  CONNECT_ADAPTER: oneOf('embedded', 'aws')({ default: 'embedded', desc: 'who provides Amazon Connect' }),
  CONNECT_INSTANCE_ID: str({
    default: undefined,
    desc: 'the instance that is meant where none is named; unset: the sample instance of the embedded engine',
  }),
  CONNECT_INSTANCES: instances({ default: undefined, desc: `the instances that are served: ${INSTANCES_FORM}` }),
  CONNECT_STRICT: oneOf('on', 'off')({ default: 'off', desc: 'judge by our own value rules before aws too' }),
  AWS_REGION: str({ default: undefined, desc: "region of the real instance; unset: the SDK's own chain" }),
  AWS_ENDPOINT_URL_CONNECT: str({
    default: undefined,
    desc: "another address than Amazon Connect's own; unset: the SDK's own chain",
  }),
  DATABASE_URL: databaseUrl({ default: 'file:data/connect.db', desc: 'where the embedded engine keeps its rows' }),
  CONNECT_SEED: str({ default: undefined, desc: 'a file of resources that the embedded engine gets at start' }),
  CONNECT_QUOTAS: quotas({
    default: { activeTasks: ACTIVE_TASKS, chainTasks: CHAIN_TASKS },
    desc: 'quotas of the embedded engine, as ActiveTasks=2500,ChainTasks=12',
  }),
  CONNECT_RETENTION_DAYS: retentionDays({
    default: RETENTION_DAYS,
    desc: 'how long the embedded engine keeps ended contacts, in days from their start',
  }),
  CONNECT_THROTTLE: oneOf(
    'on',
    'off',
  )({
    default: 'off',
    desc: 'on: the embedded engine throttles as the service does',
  }),
  CONNECT_WIRE_PORT: port({
    default: undefined,
    desc: `port to serve the AWS wire of the embedded engine on; unset: none, ${EMULATOR_PORT} for the emulator`,
  }),
  CONNECT_WIRE_ACCESS_KEY_ID: str({ default: undefined, desc: 'the access key whose signatures the wire takes' }),
  CONNECT_WIRE_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'its secret' }),
  CONNECT_RATES: rates({ default: RATES, desc: `how often aws may be called: ${RATES_FORM}` }),
  CONNECT_REPLICAS: wholeNumber({ default: 1, desc: 'replicas that call aws for one account and region' }),
  CONNECT_CALL_TIMEOUT_MS: someMilliseconds({ default: 8_000, desc: 'how long one call of aws may take' }),
  CONNECT_READ_TTL_MS: milliseconds({
    default: 2_000,
    desc: 'how long contacts, chains and attributes of aws are given as they were read; 0: not at all',
  }),
  CONNECT_CATALOG_TTL_MS: milliseconds({
    default: 60_000,
    desc: 'how long flows, quick connects and task templates of aws count as fresh; 0: not at all',
  }),
  MAX_UPSTREAM_CALLS: wholeNumber({
    default: 60,
    desc: 'calls of aws that one request may cost, as estimated from what it selects',
  }),
  REQUEST_TIMEOUT_MS: someMilliseconds({
    default: 25_000,
    desc: 'how long a request may take, unless it asks for less',
  }),
  METRICS: oneOf('on', 'off')({ default: 'off', desc: 'on: measures, and serves that at /metrics' }),
  METRICS_PORT: port({
    default: undefined,
    desc: "port to serve /metrics on, at HOST; unset: the gateway's own, on loopback alone",
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({
    default: undefined,
    desc: 'a collector of OpenTelemetry, as http://127.0.0.1:4318; unset: nothing is traced',
  }),
  OTEL_TRACES_SAMPLER_ARG: share({
    default: 0.05,
    desc: "the share of requests that are traced, from 0 to 1, where the client's traceparent does not decide",
  }),
  MAX_CONCURRENT_REQUESTS: count({
    default: undefined,
    desc: `requests that are executed at once; unset: ${MAX_REQUESTS.embedded}, ${MAX_REQUESTS.aws} with aws`,
  }),
  DRAIN_TIMEOUT_MS: milliseconds({ default: 20_000, desc: 'how long requests may take to finish after SIGTERM' }),
  LOG_LEVEL: oneOf(
    'fatal',
    'error',
    'warn',
    'info',
    'debug',
    'trace',
    'silent',
  )({
    default: 'info',
    desc: 'how much is logged, to standard error',
  }),
  ...LIMIT_SETTINGS,
  ...EXPOSURE_SETTINGS,
};

/**
 * Reads the settings from an environment. An empty variable counts as unset.
 *
 * @throws ConfigError naming every wrong setting
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  program: Program = 'gateway',
): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = cleanEnv(given, SETTINGS, {
    reporter: ({ errors }) => {
      const problems = Object.entries(errors).map(
        ([name, error]) => `${name}: expected ${error?.message}, but got ${shown(given[name])}.`,
      );
      if (problems.length > 0) throw new ConfigError(problems);
    },
  });
  const wire = wireConfig(
    env.CONNECT_WIRE_PORT ?? (program === 'emulator' ? EMULATOR_PORT : undefined),
    env.CONNECT_WIRE_ACCESS_KEY_ID,
    env.CONNECT_WIRE_SECRET_ACCESS_KEY,
  );
  const problems: string[] = [];
  const served = servedInstances(env.CONNECT_INSTANCE_ID, env.CONNECT_INSTANCES);
  if (served === undefined) {
    problems.push(
      `CONNECT_INSTANCE_ID: expected one of CONNECT_INSTANCES, by id or alias, but got ${shown(env.CONNECT_INSTANCE_ID)}.`,
    );
  }
  const { CONNECT_ADAPTER: adapter } = env;
  const auth = authConfig(env, problems);
  if (program === 'gateway' && adapter === 'aws') {
    if ((env.CONNECT_INSTANCE_ID ?? env.CONNECT_INSTANCES) === undefined) {
      problems.push(
        "CONNECT_INSTANCE_ID: CONNECT_ADAPTER=aws needs your instance's id: the part after instance/ in its ARN.",
      );
    }
    if (wire !== undefined) {
      problems.push('CONNECT_WIRE_PORT: it serves the embedded engine. Leave it out with CONNECT_ADAPTER=aws.');
    }
  }
  if (!isLoopback(env.HOST)) {
    if (program === 'gateway' && env.AUTH !== 'none' && auth === undefined) {
      problems.push(
        `HOST: ${env.HOST} can be reached from other machines, but nothing asks callers who they are. Keep HOST=127.0.0.1, set AUTH_JWKS_URL, AUTH_ISSUER and AUTH_AUDIENCE, or set AUTH=none if every caller may create tasks.`,
      );
    }
    // Who measures cannot sign in, and what is measured tells what the gateway is used for.
    if (program === 'gateway' && env.METRICS === 'on' && env.METRICS_PORT === undefined) {
      problems.push(
        `METRICS: ${env.HOST} can be reached from other machines, and so could /metrics. Set METRICS_PORT to a port that only those who measure can reach, or METRICS=off.`,
      );
    }
    if (wire !== undefined && wire.credentials === undefined) {
      problems.push(
        `HOST: ${env.HOST} can be reached from other machines, and the AWS wire would take every signature. Keep HOST=127.0.0.1, or set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY.`,
      );
    }
  }
  if (problems.length > 0 || served === undefined) throw new ConfigError(problems);
  return {
    host: env.HOST,
    port: env.PORT,
    auth,
    audit: env.AUDIT_LOG === 'on' ? { taskNames: env.AUDIT_TASK_NAMES === 'on' } : undefined,
    adapter,
    ...served,
    strict: env.CONNECT_STRICT === 'on',
    aws: { region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_CONNECT },
    upstream: {
      rates: env.CONNECT_RATES,
      replicas: env.CONNECT_REPLICAS,
      callTimeoutMs: env.CONNECT_CALL_TIMEOUT_MS,
    },
    caches: { readTtlMs: env.CONNECT_READ_TTL_MS, catalogTtlMs: env.CONNECT_CATALOG_TTL_MS },
    maxUpstreamCalls: env.MAX_UPSTREAM_CALLS,
    databaseUrl: env.DATABASE_URL,
    seedFile: env.CONNECT_SEED,
    quotas: env.CONNECT_QUOTAS,
    retentionDays: env.CONNECT_RETENTION_DAYS,
    throttle: env.CONNECT_THROTTLE === 'on',
    wire,
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    metrics: env.METRICS === 'on' ? { port: env.METRICS_PORT } : undefined,
    traces: tracesConfig(env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_TRACES_SAMPLER_ARG),
    maxRequests: env.MAX_CONCURRENT_REQUESTS ?? MAX_REQUESTS[adapter],
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
    logLevel: env.LOG_LEVEL,
    limits: limitsOf(env),
    ...exposureOf(env),
  };
}

/**
 * The instances that are served, and the one that is meant where none is named: the one that is set, else the first.
 *
 * @returns undefined where the one that is set is none of those that are listed
 */
function servedInstances(
  meant: string | undefined,
  listed: readonly ServedInstance[] | undefined,
): Pick<Config, 'instanceId' | 'instances'> | undefined {
  if (listed === undefined) {
    const id = meant ?? SAMPLE_INSTANCE_ID;
    return { instanceId: id, instances: [{ id }] };
  }
  const found = meant === undefined ? listed[0] : instanceNamed(listed, meant);
  return found && { instanceId: found.id, instances: listed };
}

/** All that authentication needs, or nothing of it: half of it, taken for none, would open what was meant to be closed. */
function authConfig(
  env: {
    readonly AUTH?: 'none' | undefined;
    readonly AUTH_JWKS_URL?: string | undefined;
    readonly AUTH_ISSUER?: string | undefined;
    readonly AUTH_AUDIENCE?: string | undefined;
    readonly AUTH_INSTANCES_CLAIM?: string | undefined;
  },
  problems: string[],
): AuthConfig | undefined {
  const { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE, AUTH_INSTANCES_CLAIM } = env;
  const needed = { AUTH_JWKS_URL, AUTH_ISSUER, AUTH_AUDIENCE };
  const isSomeSet = [...Object.values(needed), AUTH_INSTANCES_CLAIM].some((value) => value !== undefined);
  if (isSomeSet && env.AUTH === 'none') {
    problems.push('AUTH: none lets everyone in, but AUTH_… settings ask who callers are. Leave out one or the other.');
  }
  if (AUTH_JWKS_URL !== undefined && AUTH_ISSUER !== undefined && AUTH_AUDIENCE !== undefined) {
    return {
      jwksUrl: AUTH_JWKS_URL,
      issuer: AUTH_ISSUER,
      audience: AUTH_AUDIENCE,
      instancesClaim: AUTH_INSTANCES_CLAIM,
    };
  }
  if (isSomeSet) {
    const missing = Object.entries(needed).flatMap(([name, value]) => (value === undefined ? [name] : []));
    problems.push(
      `${missing.join(', ')}: authentication needs all of ${Object.keys(needed).join(', ')}; set all three, or no AUTH_… setting.`,
    );
  }
  return undefined;
}

function tracesConfig(endpoint: string | undefined, share: number): TracesConfig | undefined {
  return endpoint === undefined ? undefined : { endpoint, share };
}

function wireConfig(
  port: number | undefined,
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
): WireConfig | undefined {
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    // Half a pair, taken for none, would open what was meant to be closed.
    throw new ConfigError([
      'CONNECT_WIRE_ACCESS_KEY_ID, CONNECT_WIRE_SECRET_ACCESS_KEY: set both, or neither; one of them alone is set.',
    ]);
  }
  if (port === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return { port };
  return { port, credentials: { accessKeyId, secretAccessKey } };
}

/** What came, without the password that a URL may hold. */
function shown(value = ''): string {
  return JSON.stringify(value.replace(/:\/\/.*@/s, '://…@').replace(/(password=)[^&]*/gi, '$1…'));
}
