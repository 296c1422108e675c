import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { isConnectFault } from '../connect/errors.js';
import type { HintEvents } from '../feed/events/hint-intake.js';
import type { MeasuredText } from '../http/metrics.js';
import type { BreakerState, PolicyEvents } from '../policies/events.js';
import type { Observer } from './observer.js';

/** Buckets of waiting times, in seconds, up to the maximum wait of a request. */
const WAITS = [0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** A circuit's state as a number, so that a graph shows it. */
const STATES: Readonly<Record<BreakerState, number>> = { CLOSED: 0, HALF_OPEN: 1, OPEN: 2 };

/** Makes metrics of the events of the policies before a real instance. */
function policyMetrics(registry: Registry): PolicyEvents {
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

/** Buckets of the time from a change to the arrival of its event, in seconds. An event has a time in whole seconds. */
const LAGS = [1, 2, 5, 10, 30, 60, 300, 900];

/** Makes metrics of the contact events that come in. */
function eventMetrics(registry: Registry): HintEvents {
  const registers = [registry];
  const events = new Counter({
    name: 'gateway_contact_events_total',
    help: 'Contact events that came in, by where from, kind of change and outcome. DOUBLE and LATE are dropped',
    labelNames: ['source', 'kind', 'outcome'],
    registers,
  });
  const lags = new Histogram({
    name: 'gateway_contact_event_lag_seconds',
    help: 'From a change at Amazon Connect to the arrival of its event',
    labelNames: ['source'],
    buckets: LAGS,
    registers,
  });
  return {
    onEvent({ source, kind = '', outcome, lagMs }) {
      events.inc({ source, kind, outcome });
      if (lagMs !== undefined) lags.observe({ source }, lagMs / 1000);
    },
  };
}

/** Buckets of durations, in seconds, from a cached answer to the maximum time of a request. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25];

/** Buckets of a batch's requests, up to its maximum. */
const BATCH_SIZES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Label of an operation that was refused before validation. */
const INVALID = 'invalid';

/** Values that are read at each scrape, by the metric's name without its prefix, and their descriptions. */
export const GAUGES = {
  requests_under_way: 'Requests that are being executed',
  engine_waiting_requests: 'Changes that wait for a batch',
  engine_wal_bytes: "Bytes of SQLite's write-ahead log",
  subscriptions: 'Subscriptions with an open stream',
  jobs_running: 'Jobs that are running',
  job_items_waiting: 'Items of jobs that wait',
  log_dropped_lines: 'Lines of the log that were dropped because standard error took none',
} as const;

/** Reads a gauge's value. Undefined: there is none at the moment. */
export type Reading = () => number | undefined | Promise<number | undefined>;

/** Metrics in Prometheus' format. Labels come from the schema, the API and the program, never from clients. */
export class Metrics implements Observer, MeasuredText {
  readonly #registry = new Registry();
  readonly #requests = this.#counter('http_requests_total', 'Answers by route and status', [
    'method',
    'route',
    'status',
  ]);
  readonly #operations = this.#histogram(
    'graphql_operation_seconds',
    'GraphQL operations by their root field, from the parsed body to the answer',
    ['type', 'operation'],
    SECONDS,
  );
  readonly #errors = this.#counter(
    'errors_total',
    'Errors by code, and where they stood: in the response, in a payload, or in an answer of HTTP itself',
    ['place', 'code'],
  );
  readonly #calls = this.#histogram(
    'connect_call_seconds',
    'Calls on Amazon Connect, by operation and outcome',
    ['operation', 'outcome'],
    SECONDS,
  );
  readonly #resyncs = this.#counter(
    'resyncs_total',
    'Streams that were asked to read anew, since changes may be missing',
    [],
  );
  readonly #jobItems = this.#counter('job_items_total', 'Attempts to create items of jobs, by how they ended', [
    'outcome',
  ]);
  readonly #batchSizes = this.#histogram(
    'engine_batch_requests',
    "Requests that shared one of the engine's commits",
    [],
    BATCH_SIZES,
  );
  readonly #commitSeconds = this.#histogram(
    'engine_commit_seconds',
    'From the beginning of a batch to its commit',
    [],
    SECONDS,
  );

  /** Receives the events of the policies before a real instance. */
  readonly policies = policyMetrics(this.#registry);

  /** Receives the contact events that come in. */
  readonly events = eventMetrics(this.#registry);

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  /** Counts a stream that is asked to read anew. */
  readonly onResync = (): void => this.#resyncs.inc();

  /** Adds a value that is read at each scrape. */
  gauge(name: keyof typeof GAUGES, read: Reading): void {
    new Gauge({
      name: `gateway_${name}`,
      help: GAUGES[name],
      registers: [this.#registry],
      async collect() {
        const value = await read();
        if (value === undefined) this.reset();
        else this.set(value);
      },
    });
  }

  /** Lists name, labels and description of every metric of the gateway's own. */
  described(): readonly (readonly [name: string, labels: string, help: string])[] {
    const own = this.#registry.getMetricsAsArray().filter(({ name }) => name.startsWith('gateway_'));
    const described = own.map(({ name, help, ...metric }) => {
      const { labelNames = [] } = metric as { readonly labelNames?: readonly string[] };
      return [name, labelNames.join(', '), help] as const;
    });
    return [...described, ...Object.entries(GAUGES).map(([name, help]) => [`gateway_${name}`, '', help] as const)];
  }

  request({ method, route }: Parameters<Observer['request']>[0]): ReturnType<Observer['request']> {
    return {
      run: (work) => work(),
      ended: (status) => this.#requests.inc({ method, route, status }),
    };
  }

  operation(): ReturnType<Observer['operation']> {
    const from = performance.now();
    let labels = { type: INVALID, operation: INVALID };
    return {
      named: (type, operation) => {
        labels = { type, operation };
      },
      ended: () => this.#operations.observe(labels, secondsSince(from)),
    };
  }

  errors(place: string, codes: readonly string[]): void {
    for (const code of codes) this.#errors.inc({ place, code });
  }

  observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
    const from = performance.now();
    const made = call();
    // Returns the same promise, because awaiting it here would delay every caller by a turn.
    made.then(
      () => this.#calls.observe({ operation, outcome: 'OK' }, secondsSince(from)),
      (error: unknown) => {
        const outcome = isConnectFault(error) ? error.code : 'UNKNOWN';
        this.#calls.observe({ operation, outcome }, secondsSince(from));
      },
    );
    return made;
  }

  /** An attempt to create an item of a job has ended. */
  jobItem(outcome: string): void {
    this.#jobItems.inc({ outcome });
  }

  traceHeaders(): Readonly<Record<string, string>> {
    return {};
  }

  waiting(): undefined {
    return undefined;
  }

  batch(requests: readonly unknown[]): () => void {
    const from = performance.now();
    this.#batchSizes.observe(requests.length);
    return () => this.#commitSeconds.observe(secondsSince(from));
  }

  async close(): Promise<void> {
    this.#registry.clear();
  }

  #counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: `gateway_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ): Histogram<Label> {
    return new Histogram({
      name: `gateway_${name}`,
      help,
      labelNames,
      buckets: [...buckets],
      registers: [this.#registry],
    });
  }
}

function secondsSince(from: number): number {
  return (performance.now() - from) / 1000;
}
