import { cleanEnv, makeValidator, str } from 'envalid';
import { DATABASE_URL_FORM, databaseKind } from './connect/embedded/database-url.js';
import type { Quotas } from './connect/embedded/decide/state.js';
import { SAMPLE_INSTANCE_ID } from './connect/embedded/sample-instance.js';
import { ACTIVE_TASKS, CHAIN_TASKS, CLIENT_TOKEN_WINDOW_MS, RETENTION_DAYS } from './connect/limits.js';
import { INSTANCES_FORM, instanceNamed, readInstances, type ServedInstance } from './instances.js';
import { isLoopback } from './loopback.js';

/** How the process is set up: every setting, with the default that a fresh machine gets. */
export interface Config {
  /** Where to listen. Beyond loopback only with AUTH=none, until there is authentication. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly adapter: 'embedded' | 'aws';
  /** The instance that is meant where a request names none. */
  readonly instanceId: string;
  /** The instances that are served; the one above is among them. */
  readonly instances: readonly ServedInstance[];
  /** Before a real instance: judge by our own readings too, where the API's reference is silent. */
  readonly strict: boolean;
  /** Where the real instance is, as far as it is set here; the rest is the SDK's own chain. */
  readonly aws: { readonly region: string | undefined; readonly endpoint: string | undefined };
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
  /** What is measured is served at /metrics: on the gateway's own port where there is none of its own. Undefined: off. */
  readonly metrics: { readonly port: number | undefined } | undefined;
  /** Undefined: nothing is traced. */
  readonly traces: TracesConfig | undefined;
  /** Requests that may be executed at once. */
  readonly maxRequests: number;
  readonly drainTimeoutMs: number;
  readonly logLevel: string;
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

/** One of some words. envalid's own validator for that says what is wrong in another grammar than ours. */
function oneOf<const Word extends string>(...words: readonly Word[]) {
  return makeValidator((text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new Error(words.join(', '));
    return word;
  });
}

const port = makeValidator((text) => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error('a port from 0 to 65535');
  return Number(text);
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

/** A client token answers for 7 days with the contact that it made: that must still be there. */
const retentionDays = makeValidator((text) => {
  const days = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (days * 24 * 60 * 60 * 1000 < CLIENT_TOKEN_WINDOW_MS || days > 36_500) throw new Error('days, from 7 to 36500');
  return days;
});

/** Every variable that the program reads. README lists the same ones; a test holds the two against each other. */
export const SETTINGS = {
  HOST: str({ default: '127.0.0.1', desc: 'address to listen on; beyond loopback only with AUTH=none' }),
  PORT: port({ default: 4000, desc: 'port to listen on; 0 takes any free one' }),
  AUTH: oneOf('none')({ default: undefined, desc: 'none: serve everyone, also beyond loopback' }),
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
    if (program === 'gateway' && env.AUTH !== 'none') {
      problems.push(
        `HOST: ${env.HOST} can be reached from other machines, but nothing asks callers who they are. Keep HOST=127.0.0.1, or set AUTH=none if every caller may create tasks.`,
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
    adapter,
    ...served,
    strict: env.CONNECT_STRICT === 'on',
    aws: { region: env.AWS_REGION, endpoint: env.AWS_ENDPOINT_URL_CONNECT },
    databaseUrl: env.DATABASE_URL,
    seedFile: env.CONNECT_SEED,
    quotas: env.CONNECT_QUOTAS,
    retentionDays: env.CONNECT_RETENTION_DAYS,
    throttle: env.CONNECT_THROTTLE === 'on',
    wire,
    metrics: env.METRICS === 'on' ? { port: env.METRICS_PORT } : undefined,
    traces: tracesConfig(env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_TRACES_SAMPLER_ARG),
    maxRequests: env.MAX_CONCURRENT_REQUESTS ?? MAX_REQUESTS[adapter],
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
    logLevel: env.LOG_LEVEL,
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
