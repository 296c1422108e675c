import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type Context,
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { isConnectFault } from '../connect/errors.js';
import type { OperationRecord, RequestRecord } from '../pipeline/request-observer.js';
import type { Observer } from './observer.js';

/** The route whose requests are traced. Health and pages would only be in the way. */
const TRACED_ROUTE = '/graphql';

/** How long handing over spans may take, in milliseconds: it must not hold up the end of the process. */
const EXPORT_TIMEOUT_MS = 1_500;

/** Spans that wait to be handed over, at most. More are dropped: what is traced must not fill the memory. */
const MAX_WAITING_SPANS = 8_192;

const UNTRACED: RequestRecord = { run: (work) => work(), ended: () => {} };
const UNTRACED_OPERATION: OperationRecord = { named: () => {}, ended: () => {} };

/** Where the work of a request stands: what begins now belongs below this. */
interface Frame {
  context: Context;
}

/**
 * Traces by OpenTelemetry: a span for the request, its GraphQL operation, each call on Amazon Connect and each batch of
 * the engine. Spans tell operations, codes and sizes; never an argument, a name, an attribute of a contact or a token.
 * Nothing is set globally, so that a library that traces by itself stays silent.
 */
export class Traces implements Observer {
  readonly #provider: TracerProvider;
  readonly #frames = new AsyncLocalStorage<Frame>();
  readonly #propagator = new W3CTraceContextPropagator();
  readonly #tracer;

  readonly #share: number;
  readonly #failed: (error: unknown) => void;

  /**
   * @param processor takes the spans that have ended
   * @param share of requests that are traced, from 0 to 1, where the client's `traceparent` does not decide
   * @param failed told what kept the last spans from being handed over: no reason not to end. Omitted: nobody is
   */
  constructor(processor: SpanProcessor, share = 1, failed: (error: unknown) => void = () => {}) {
    this.#failed = failed;
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'connect-task-gateway' }))
      .merge(detectResources({ detectors: [envDetector] }));
    // The share is drawn before anything is made for a request: most are not traced, and cost nothing so.
    const sampler = new ParentBasedSampler({ root: new AlwaysOnSampler() });
    this.#share = share;
    this.#provider = new TracerProvider({ resource, sampler, spanProcessors: [processor] });
    this.#tracer = this.#provider.getTracer('connect-task-gateway');
  }

  request({ method, route, headers }: Parameters<Observer['request']>[0]): ReturnType<Observer['request']> {
    if (route !== TRACED_ROUTE || method !== 'POST') return UNTRACED;
    const isPart = headers.traceparent !== undefined;
    const parent = isPart ? this.#propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
    if (parent === ROOT_CONTEXT && Math.random() >= this.#share) return UNTRACED;
    const attributes = { 'http.request.method': method, 'http.route': route };
    const span = this.#tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    const frame = { context: trace.setSpan(parent, span) };
    return {
      run: (work) => this.#frames.run(frame, work),
      ended(status) {
        span.setAttribute('http.response.status_code', status);
        end(span, status >= 500 ? String(status) : undefined);
      },
    };
  }

  operation(): ReturnType<Observer['operation']> {
    const frame = this.#frames.getStore();
    if (frame === undefined) return UNTRACED_OPERATION;
    const span = this.#tracer.startSpan('graphql', {}, frame.context);
    frame.context = trace.setSpan(frame.context, span);
    return {
      named(type, name) {
        span.updateName(`${type} ${name}`);
        span.setAttributes({ 'graphql.operation.type': type, 'gateway.operation': name });
      },
      ended: ([code]) => end(span, code),
    };
  }

  errors(): void {}

  observe<Result>(operation: string, call: () => Promise<Result>): Promise<Result> {
    const parent = this.#frames.getStore();
    return parent === undefined ? call() : this.#observe(parent, operation, call);
  }

  async #observe<Result>(parent: Frame, operation: string, call: () => Promise<Result>): Promise<Result> {
    const attributes = { 'rpc.service': 'Connect', 'rpc.method': operation };
    const span = this.#tracer.startSpan(`Connect/${operation}`, { kind: SpanKind.CLIENT, attributes }, parent.context);
    try {
      const answer = await this.#frames.run({ context: trace.setSpan(parent.context, span) }, call);
      end(span);
      return answer;
    } catch (error) {
      end(span, isConnectFault(error) ? error.code : 'UNKNOWN');
      throw error;
    }
  }

  traceHeaders(): Readonly<Record<string, string>> {
    const frame = this.#frames.getStore();
    const headers = {};
    if (frame !== undefined) this.#propagator.inject(frame.context, headers, defaultTextMapSetter);
    return headers;
  }

  waiting(): Context | undefined {
    return this.#frames.getStore()?.context;
  }

  /** A batch stands below the first request that it is for, and links to the others. */
  batch(requests: readonly unknown[]): () => void {
    const [first, ...others] = requests.filter((context): context is Context => context !== undefined);
    if (first === undefined) return () => {};
    const links = others.flatMap((context) => {
      const spanContext = trace.getSpanContext(context);
      return spanContext === undefined ? [] : [{ context: spanContext }];
    });
    const attributes = { 'gateway.batch.requests': requests.length };
    const span = this.#tracer.startSpan('engine batch', { attributes, links }, first);
    return () => end(span);
  }

  async close(): Promise<void> {
    await this.#provider.shutdown().catch(this.#failed);
  }
}

/** Ends a span, with the code of what went wrong; its message may hold what a client sent. */
function end(span: Span, code?: string): void {
  if (code !== undefined) {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/**
 * Traces that are sent to a collector, by OTLP over HTTP as JSON. Its other settings are the SDK's own: headers by
 * OTEL_EXPORTER_OTLP_HEADERS, names by OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
 *
 * @param endpoint the collector's base address: http://127.0.0.1:4318
 * @param share of requests that are traced, from 0 to 1
 */
export function exportedTraces({ endpoint, share }: TracesConfig, logger: Logger): Traces {
  const failed = (error: unknown) => logger.warn({ err: error }, 'Traces could not be handed over');
  setGlobalErrorHandler(failed);
  const exporter = new OTLPTraceExporter({
    url: `${endpoint.replace(/(?<!\/)\/+$/, '')}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  return new Traces(
    new BatchSpanProcessor({ exporter, maxQueueSize: MAX_WAITING_SPANS, exportTimeoutMillis: EXPORT_TIMEOUT_MS }),
    share,
    failed,
  );
}

/** Where traces are sent, by OTLP over HTTP, and how many. */
export interface TracesConfig {
  readonly endpoint: string;
  /** The share of requests that are traced, from 0 to 1, where the client's `traceparent` does not decide. */
  readonly share: number;
}
