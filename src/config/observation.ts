import { type CleanedEnv, makeValidator } from 'envalid';
import type { TracesConfig } from '../telemetry/traces.js';
import { httpUrl, oneOf, port } from './validators.js';

const share = makeValidator((text) => {
  const number = /^[01](\.\d{1,6})?$/.test(text) ? Number(text) : 2;
  if (number > 1) throw new Error('a number from 0 to 1');
  return number;
});

/** Samplers of the OpenTelemetry specification that are supported. */
const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Settings of metrics, traces and the log. */
export const OBSERVATION_SETTINGS = {
  METRICS: oneOf('on', 'off')({ default: 'off', desc: 'Serve metrics at /metrics.' }),
  METRICS_PORT: port({
    default: undefined,
    desc: 'Port of /metrics, at HOST. Unset: PORT, on loopback only.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({
    default: undefined,
    desc: 'OpenTelemetry collector, such as http://127.0.0.1:4318. Traces are sent to /v1/traces below it. Unset: no traces.',
  }),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: httpUrl({
    default: undefined,
    desc: 'URL that traces are sent to as it is, in place of OTEL_EXPORTER_OTLP_ENDPOINT.',
  }),
  OTEL_SDK_DISABLED: oneOf('true', 'false')({ default: 'false', desc: 'true: no traces.' }),
  OTEL_TRACES_EXPORTER: oneOf('otlp', 'none')({ default: 'otlp', desc: 'none: no traces.' }),
  OTEL_TRACES_SAMPLER: oneOf(...SAMPLERS)({
    default: 'parentbased_traceidratio',
    desc: 'Requests to trace. parentbased_…: an incoming traceparent decides for its request.',
  }),
  OTEL_TRACES_SAMPLER_ARG: share({
    default: 0.05,
    desc: 'Share of requests that a sampler with traceidratio traces, from 0 to 1.',
  }),
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
    desc: 'Level of the log on standard error. fatal, error, warn, info, debug, trace or silent.',
  }),
} as const;

/** Metrics, traces and the log. */
export interface ObservationSettings {
  /** Port of /metrics; undefined: the gateway's own. Undefined as a whole: metrics are off. */
  readonly metrics: { readonly port: number | undefined } | undefined;
  /** Undefined: traces are off. */
  readonly traces: TracesConfig | undefined;
  readonly logLevel: string;
}

/** Reads the settings of metrics, traces and the log. */
export function observationOf(env: CleanedEnv<typeof OBSERVATION_SETTINGS>): ObservationSettings {
  return {
    metrics: env.METRICS === 'on' ? { port: env.METRICS_PORT } : undefined,
    traces: tracesOf(env),
    logLevel: env.LOG_LEVEL,
  };
}

/** Reads the settings of traces as the OpenTelemetry specification has them. */
function tracesOf(env: CleanedEnv<typeof OBSERVATION_SETTINGS>): TracesConfig | undefined {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_TRACES_SAMPLER: sampler } = env;
  const url = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? (base && `${base.replace(/(?<!\/)\/+$/, '')}/v1/traces`);
  const isOff = env.OTEL_SDK_DISABLED === 'true' || env.OTEL_TRACES_EXPORTER === 'none' || sampler === 'always_off';
  if (url === undefined || isOff) return undefined;
  const isParentBased = sampler.startsWith('parentbased_');
  if (sampler.endsWith('traceidratio')) return { url, share: env.OTEL_TRACES_SAMPLER_ARG, isParentBased };
  return { url, share: sampler.endsWith('always_on') ? 1 : 0, isParentBased };
}
