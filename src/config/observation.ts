import { type CleanedEnv, makeValidator } from 'envalid';
import type { TracesConfig } from '../telemetry/traces.js';
import { oneOf, port } from './validators.js';

const httpUrl = makeValidator((text) => {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new Error('an http:// or https:// URL');
  return text;
});

const share = makeValidator((text) => {
  const number = /^[01](\.\d{1,6})?$/.test(text) ? Number(text) : 2;
  if (number > 1) throw new Error('a number from 0 to 1');
  return number;
});

/** Settings of metrics, traces and the log. */
export const OBSERVATION_SETTINGS = {
  METRICS: oneOf('on', 'off')({ default: 'off', desc: 'Serve metrics at /metrics.' }),
  METRICS_PORT: port({
    default: undefined,
    desc: 'Port of /metrics, at HOST. Unset: PORT, on loopback only.',
  }),
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({
    default: undefined,
    desc: 'OpenTelemetry collector for traces, such as http://127.0.0.1:4318. Unset: no traces.',
  }),
  OTEL_TRACES_SAMPLER_ARG: share({
    default: 0.05,
    desc: 'Share of requests to trace, from 0 to 1. An incoming traceparent overrides it.',
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
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_TRACES_SAMPLER_ARG: share } = env;
  return {
    metrics: env.METRICS === 'on' ? { port: env.METRICS_PORT } : undefined,
    traces: endpoint === undefined ? undefined : { endpoint, share },
    logLevel: env.LOG_LEVEL,
  };
}
