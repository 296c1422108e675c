import type { Logger } from 'pino';
import type { CallObserver } from '../connect/api-call.js';
import type { Connect } from '../connect/connect.js';
import { withEachMethod } from '../connect/methods.js';
import { loadOptional } from '../util/optional-package.js';
import { both, type Observer } from './observer.js';
import type { Metrics } from './metrics.js';
import type { TracesConfig } from './traces.js';

/** The observers of the gateway. */
export interface Observation {
  readonly observer: Observer;
  /** Undefined if nothing is measured. */
  readonly metrics: Metrics | undefined;
}

/** Options of {@link openObservation}. */
export interface ObservationOptions {
  /** Undefined: measures nothing. */
  readonly metrics: object | undefined;
  /** Where spans go. Undefined: traces nothing. */
  readonly traces: TracesConfig | undefined;
}

/**
 * Opens metrics and traces by the settings. Modules of those that are off are not loaded.
 *
 * @returns undefined if both are off
 */
export async function openObservation(
  { metrics: wanted, traces: exported }: ObservationOptions,
  logger: Logger,
): Promise<Observation | undefined> {
  const metrics = wanted && new (await import('./metrics.js')).Metrics();
  const traces =
    exported &&
    (await loadOptional('OTEL_EXPORTER_OTLP_ENDPOINT', () => import('./traces.js'))).exportedTraces(exported, logger);
  if (metrics && traces) return { observer: both(metrics, traces), metrics };
  const observer = metrics ?? traces;
  return observer && { observer, metrics };
}

/** Reports the calls of a port to an observer, by the names of its methods: describeContacts is DescribeContacts. */
export function observedPort(connect: Connect, observer: CallObserver): Connect {
  return withEachMethod(connect, (method, _, name) => {
    const label = name.charAt(0).toUpperCase() + name.slice(1);
    return (request, options) => observer.observe(label, () => method(request, options));
  });
}
