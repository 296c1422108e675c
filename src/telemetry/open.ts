import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { both } from './both.js';
import type { Metrics } from './metrics.js';
import type { Observer } from './observer.js';

/** What watches the gateway. */
export interface Observation {
  readonly observer: Observer;
  /** Undefined where nothing is measured. */
  readonly metrics: Metrics | undefined;
}

/**
 * Opens what the settings ask for. What is off is not even loaded.
 *
 * @returns undefined where nothing watches
 */
export async function openObservation(
  { metrics: wanted, traces: exported }: Pick<Config, 'metrics' | 'traces'>,
  logger: Logger,
): Promise<Observation | undefined> {
  const metrics = wanted && new (await import('./metrics.js')).Metrics();
  const traces = exported && (await import('./traces.js')).exportedTraces(exported, logger);
  if (metrics && traces) return { observer: both(metrics, traces), metrics };
  const observer = metrics ?? traces;
  return observer && { observer, metrics };
}
