import { cleanEnv } from 'envalid';
import type { TlsFiles } from '../http/tls.js';
import { isLoopback } from '../util/loopback.js';
import { CALLER_SETTINGS, type CallerSettings, callersOf } from './callers.js';
import { ENGINE_SETTINGS, engineOf, type EngineSettings } from './engine.js';
import { EVENT_SETTINGS, type EventsConfig, eventsOf } from './events.js';
import { EXPOSURE_SETTINGS, exposureOf, type ExposureSettings } from './exposure.js';
import { INSTANCE_SETTINGS, type InstanceSettings, instancesOf } from './instances.js';
import { JOB_SETTINGS, type JobSettings, jobsOf } from './jobs.js';
import { LIMIT_SETTINGS, type Limits, limitsOf } from './limits.js';
import { OBSERVATION_SETTINGS, observationOf, type ObservationSettings } from './observation.js';
import { TLS_SETTINGS, tlsOf } from './tls.js';
import { UPSTREAM_SETTINGS, upstreamOf, type UpstreamSettings } from './upstream.js';
import { ConfigError, count, host, milliseconds, oneOf, port, someMilliseconds, wrongValue } from './validators.js';
import { WIRE_SETTINGS, type WireConfig, wireOf } from './wire.js';

export { ConfigError } from './validators.js';

/** The configuration of a process, with defaults filled in. */
export interface Config
  extends CallerSettings,
    InstanceSettings,
    UpstreamSettings,
    EngineSettings,
    JobSettings,
    ObservationSettings,
    ExposureSettings {
  /** Address to listen on. Beyond loopback only with authentication, or with AUTH=none. */
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Undefined: no TLS. */
  readonly tls: TlsFiles | undefined;
  readonly adapter: 'embedded' | 'aws';
  /** The AWS API server of the embedded engine; undefined: none. */
  readonly wire: WireConfig | undefined;
  readonly events: EventsConfig;
  /** Time for a request, in milliseconds. A request can ask for less. */
  readonly requestTimeoutMs: number;
  /** Requests that run at once, at most. */
  readonly maxRequests: number;
  /** Time to finish requests after SIGTERM, in milliseconds. */
  readonly drainTimeoutMs: number;
  readonly limits: Limits;
}

/** The program that starts: the gateway, or the AWS API server of the embedded engine alone. */
export type Program = 'gateway' | 'emulator';

/**
 * Requests that run at once, by adapter. The engine runs in this process, so that more requests would wait for each
 * other. Before a real instance they mostly wait for its answers, at no cost here.
 */
const MAX_REQUESTS = { embedded: 128, aws: 512 };

/** Every variable that the program reads, with its default and meaning. docs/operate/configuration.md lists them, generated from here. */
export const SETTINGS = {
  HOST: host({
    default: '127.0.0.1',
    desc: 'Address to listen on. Beyond loopback the gateway starts only with authentication or AUTH=none.',
  }),
  PORT: port({ default: 4000, desc: 'Port to listen on. 0: any free port.' }),
  ...TLS_SETTINGS,
  ...CALLER_SETTINGS,
  CONNECT_ADAPTER: oneOf(
    'embedded',
    'aws',
  )({
    default: 'embedded',
    desc: 'Source of the contacts. embedded: the engine on this machine; aws: a real instance. In production it must be set.',
  }),
  ...INSTANCE_SETTINGS,
  ...UPSTREAM_SETTINGS,
  ...ENGINE_SETTINGS,
  ...JOB_SETTINGS,
  ...WIRE_SETTINGS,
  ...EVENT_SETTINGS,
  REQUEST_TIMEOUT_MS: someMilliseconds({
    default: 25_000,
    desc: 'Time for a request, in milliseconds. The header x-request-timeout-ms can shorten it.',
  }),
  MAX_CONCURRENT_REQUESTS: count({
    default: undefined,
    desc: `Requests that run at once; one more is refused. Unset: ${MAX_REQUESTS.embedded}, ${MAX_REQUESTS.aws} with aws.`,
  }),
  DRAIN_TIMEOUT_MS: milliseconds({ default: 20_000, desc: 'Time to finish requests after SIGTERM, in milliseconds.' }),
  ...OBSERVATION_SETTINGS,
  ...LIMIT_SETTINGS,
  ...EXPOSURE_SETTINGS,
};

/** Sets settings for this process, over those of its environment: libraries such as the AWS SDK read some of them too. */
export function setSettings(settings: Readonly<Record<string, string>>): void {
  Object.assign(process.env, settings);
}

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
      const problems = Object.entries(errors).flatMap(([name, error]) =>
        error === undefined ? [] : [wrongValue(name, given[name], error)],
      );
      if (problems.length > 0) throw new ConfigError(problems);
    },
  });
  const { CONNECT_ADAPTER: adapter } = env;
  const wire = wireOf(env, program === 'emulator');
  const problems: string[] = [];
  const instances = instancesOf(env, problems);
  const callers = callersOf(env, problems);
  const tls = tlsOf(env, problems);
  if (env.AUTH === 'none' && tls?.clientCaFile !== undefined) {
    problems.push(
      'AUTH: none accepts every caller, but TLS_CLIENT_CA_FILE identifies callers. Unset one or the other.',
    );
  }
  const isIdentified = callers.auth !== undefined || tls?.clientCaFile !== undefined;
  if (program === 'gateway' && env.NODE_ENV === 'production' && given.CONNECT_ADAPTER === undefined) {
    problems.push(
      'CONNECT_ADAPTER: production needs a value. Set aws for a real instance, or embedded for the simulation, whose tasks reach no agent.',
    );
  }
  if (program === 'gateway' && adapter === 'aws') {
    if ((env.CONNECT_INSTANCE_ID ?? env.CONNECT_INSTANCES) === undefined) {
      problems.push(
        'CONNECT_INSTANCE_ID: CONNECT_ADAPTER=aws needs an instance. Set the id of yours: the part after instance/ in its ARN.',
      );
    }
    if (wire !== undefined) {
      problems.push('CONNECT_WIRE_PORT: it serves the embedded engine. Unset it with CONNECT_ADAPTER=aws.');
    }
    if (env.CONNECT_EVENTS_TARGET !== undefined) {
      problems.push(
        'CONNECT_EVENTS_TARGET: it receives the events of the embedded engine. Unset it with CONNECT_ADAPTER=aws.',
      );
    }
  }
  if (program === 'gateway' && adapter === 'embedded' && env.CONNECT_EVENTS_QUEUE_URL !== undefined) {
    problems.push(
      'CONNECT_EVENTS_QUEUE_URL: the embedded engine reports its own changes. Unset it, or set CONNECT_ADAPTER=aws.',
    );
  }
  const ofGateway = { PORT: env.PORT, METRICS_PORT: env.METRICS === 'on' ? env.METRICS_PORT : undefined };
  if (program === 'gateway') problems.push(...portsTwice({ ...ofGateway, CONNECT_WIRE_PORT: wire?.port }));
  if (!isLoopback(env.HOST)) {
    const { HOST: host, METRICS: metrics, METRICS_PORT: metricsPort } = env;
    if (program === 'gateway') {
      const isOpen = env.AUTH !== 'none' && !isIdentified;
      problems.push(...reachable(host, { isOpen, servesMetrics: metrics === 'on' && metricsPort === undefined }));
    }
    if (wire !== undefined && wire.credentials === undefined) {
      problems.push(
        `HOST: ${host} can be reached from other machines, and the AWS API server would accept every signature. Keep HOST=127.0.0.1, or set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY.`,
      );
    }
  }
  const isDeveloper = env.NODE_ENV !== 'production' && env.AUTH === undefined && !isIdentified;
  if (program === 'gateway' && isLoopback(env.HOST) && !isDeveloper) {
    problems.push(
      ...openToProxy({
        servesMetrics: env.METRICS === 'on' && env.METRICS_PORT === undefined,
        servesUnsigned: wire !== undefined && wire.credentials === undefined,
      }),
    );
  }
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    host: env.HOST,
    port: env.PORT,
    tls,
    ...callers,
    adapter,
    ...instances,
    ...upstreamOf(env),
    ...engineOf(env, program === 'gateway' && adapter === 'aws'),
    ...jobsOf(env, given.DATABASE_URL !== undefined),
    wire,
    events: eventsOf(env),
    requestTimeoutMs: env.REQUEST_TIMEOUT_MS,
    ...observationOf(env),
    maxRequests: env.MAX_CONCURRENT_REQUESTS ?? MAX_REQUESTS[adapter],
    drainTimeoutMs: env.DRAIN_TIMEOUT_MS,
    limits: limitsOf(env),
    ...exposureOf(env),
  };
}

/** Lists ports that two settings name. 0 is any free port. */
function portsTwice(ports: Readonly<Record<string, number | undefined>>): string[] {
  const taken = Object.entries(ports).filter(([, port]) => port);
  return taken.flatMap(([name, port], index) => {
    const [other] = taken.slice(0, index).find(([, earlier]) => earlier === port) ?? [];
    return other === undefined ? [] : [`${name}: ${port} is the port of ${other} as well. Set another port.`];
  });
}

/** Lists what other machines must not reach. */
function reachable(host: string, { isOpen, servesMetrics }: { isOpen: boolean; servesMetrics: boolean }): string[] {
  const problems: string[] = [];
  if (isOpen) {
    problems.push(
      `HOST: ${host} can be reached from other machines, but callers are not authenticated. Keep HOST=127.0.0.1, set AUTH_ISSUER and AUTH_AUDIENCE or TLS_CLIENT_CA_FILE, or set AUTH=none if every caller may create tasks.`,
    );
  }
  // Collectors of metrics do not sign in, and metrics show what the gateway is used for.
  if (servesMetrics) {
    problems.push(
      `METRICS: ${host} can be reached from other machines, and so could /metrics. Set METRICS_PORT to a port that only your collector can reach, or METRICS=off.`,
    );
  }
  return problems;
}

/**
 * Lists what a proxy on this machine would publish. A bare proxy looks like a caller of this machine, so that nothing that
 * trusts such callers may stand beside an API that is meant for others.
 */
function openToProxy(served: { readonly servesMetrics: boolean; readonly servesUnsigned: boolean }): string[] {
  const why = 'with authentication or NODE_ENV=production, a proxy on this machine would publish it to its own callers';
  const problems: string[] = [];
  if (served.servesMetrics) {
    problems.push(`METRICS: /metrics is on the port of the API; ${why}. Set METRICS_PORT to a port of its own.`);
  }
  if (served.servesUnsigned) {
    problems.push(
      `CONNECT_WIRE_PORT: the AWS API server accepts every signature; ${why}. Set CONNECT_WIRE_ACCESS_KEY_ID and CONNECT_WIRE_SECRET_ACCESS_KEY, or unset CONNECT_WIRE_PORT.`,
    );
  }
  return problems;
}
