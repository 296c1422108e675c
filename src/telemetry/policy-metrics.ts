import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { BreakerState, PolicyEvents } from '../policies/events.js';

/** Seconds in line: from a token that was there to the longest that a request may wait. */
const WAITS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** A circuit's state as a number, so that a graph shows it. */
const STATES: Readonly<Record<BreakerState, number>> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };

/** What the policies before a real instance tell, as metrics. */
export function policyMetrics(registry: Registry): PolicyEvents {
  const registers = [registry];
  const waits = new Histogram({
    name: 'gateway_budget_wait_seconds',
    help: 'How long calls waited for a token of the rate budget, by how that ended',
    labelNames: ['operation', 'outcome'],
    buckets: WAITS,
    registers,
  });
  const queues = new Gauge({
    name: 'gateway_budget_queue_calls',
    help: 'Calls that wait for a token now, by account and region',
    labelNames: ['operation', 'scope'],
    registers,
  });
  const retries = new Counter({
    name: 'gateway_connect_retries_total',
    help: 'Calls that were made again, by why',
    labelNames: ['operation', 'code'],
    registers,
  });
  const circuits = new Gauge({
    name: 'gateway_circuit_state',
    help: 'Circuits before Amazon Connect: 0 closed, 1 half open, 2 open',
    labelNames: ['group'],
    registers,
  });
  return {
    onWait: ({ operation, outcome, ms }) => waits.observe({ operation, outcome }, ms / 1000),
    onQueue: ({ operation, scope, length }) => queues.set({ operation, scope }, length),
    onRetry: ({ operation, code }) => retries.inc({ operation, code }),
    onBreaker: ({ group, state }) => circuits.set({ group }, STATES[state]),
  };
}
