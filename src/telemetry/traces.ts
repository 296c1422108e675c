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
import { ExportResultCode, setGlobalErrorHandler, W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  type SpanProcessor,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import { isConnectFault } from '../connect/errors.js';
import type { OperationRecord, RequestRecord } from '../pipeline/request-observer.js';
import { ReportLimit } from '../util/report-limit.js';
import type { Observer } from './observer.js';

/** The route whose requests are traced. Health checks and pages are not. */
const TRACED_ROUTE = '/graphql';

/** Maximum time of an export, in milliseconds: it must not hold up the end of the process. */
const EXPORT_TIMEOUT_MS = 1_500;

/** Maximum number of spans that wait for an export. Further ones are dropped, so that traces do not fill the memory. */
const MAX_WAITING_SPANS = 8_192;

/** Maximum number of lines about failed exports, a minute. */
const REPORTS_PER_MINUTE = 1;

const UNTRACED: RequestRecord = { run: (work) => work(), ended: () => {} };
const UNTRACED_OPERATION: OperationRecord = { named: () => {}, ended: () => {} };

/** The current span of a request, the parent of spans that begin now. */
interface Frame {
  context: Context;
}

/**
 * Traces by OpenTelemetry: a span for the request, its GraphQL operation, each call on Amazon Connect and each batch of
 * the engine. Spans contain operations, codes and sizes; never an argument, a name, an attribute of a contact or a token.
 * Nothing is set globally, so that a library that traces by itself stays silent.
 */
export class Traces implements Observer {
  readonly #provider: TracerProvider;
  readonly #frames = new AsyncLocalStorage<Frame>();
  readonly #propagator = new W3CTraceContextPropagator();
  readonly #tracer;

  readonly #rootShare: number;
  readonly #failed: (error: unknown) => void;

  /**
   * @param processor receives the spans that have ended
   * @param sampling the requests to trace. Default: all whose `traceparent` does not decide otherwise
   * @param failed called if the last spans could not be exported. Default: nothing happens
   */
  constructor(
    processor: SpanProcessor,
    { share, isParentBased }: Sampling = { share: 1, isParentBased: true },
    failed: (error: unknown) => void = () => {},
  ) {
    this.#failed = failed;
    const resource = defaultResource()
      .merge(resourceFromAttributes({ 'service.name': 'connect-task-gateway' }))
      .merge(detectResources({ detectors: [envDetector] }));
    // The share is drawn before a span is made, so that requests that are not traced cost nothing.
    const sampler = isParentBased
      ? new ParentBasedSampler({ root: new AlwaysOnSampler() })
      : new TraceIdRatioBasedSampler(share);
    this.#rootShare = isParentBased ? share : 1;
    this.#provider = new TracerProvider({ resource, sampler, spanProcessors: [processor] });
    this.#tracer = this.#provider.getTracer('connect-task-gateway');
  }

  request({ method, route, headers }: Parameters<Observer['request']>[0]): ReturnType<Observer['request']> {
    if (route !== TRACED_ROUTE || method !== 'POST') return UNTRACED;
    const isPart = headers.traceparent !== undefined;
    const parent = isPart ? this.#propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter) : ROOT_CONTEXT;
    if (parent === ROOT_CONTEXT && Math.random() >= this.#rootShare) return UNTRACED;
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

  /** A batch's span is a child of its first request's and links to the others. */
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

/** Ends a span with the error's code, without its message, which may contain client data. */
function end(span: Span, code?: string): void {
  if (code !== undefined) {
    span.setAttribute('error.type', code);
    span.setStatus({ code: SpanStatusCode.ERROR });
  }
  span.end();
}

/**
 * Opens traces that are sent to a collector, by OTLP over HTTP as JSON. OpenTelemetry's own library reads
 * OTEL_EXPORTER_OTLP_HEADERS and the like, OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES.
 *
 * @param elapsed a clock in milliseconds that never goes back. Default: the process's
 */
export function exportedTraces(config: TracesConfig, logger: Logger, elapsed?: () => number): Traces {
  const { url } = config;
  const limit = new ReportLimit(REPORTS_PER_MINUTE, elapsed);
  let lostSpans = 0;
  const failed = (error: unknown) =>
    limit.report((leftOut) => {
      logger.warn({ err: error, url, lostSpans, failures: leftOut + 1 }, 'Traces could not be exported');
      lostSpans = 0;
    });
  setGlobalErrorHandler(failed);
  const exporter = reporting(new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }), (spans, error) => {
    lostSpans += spans.length;
    failed(error);
  });
  return new Traces(
    new BatchSpanProcessor({ exporter, maxQueueSize: MAX_WAITING_SPANS, exportTimeoutMillis: EXPORT_TIMEOUT_MS }),
    config,
    failed,
  );
}

/** Reports failed exports of an exporter, which the processor keeps to itself. */
function reporting(
  exporter: SpanExporter,
  failed: (spans: readonly ReadableSpan[], error: Error | undefined) => void,
): SpanExporter {
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.code === ExportResultCode.FAILED) failed(spans, result.error);
        done(result);
      });
    },
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** The requests to trace. */
export interface Sampling {
  /** The share of requests, from 0 to 1. */
  readonly share: number;
  /** Whether an incoming `traceparent` decides for its own request. */
  readonly isParentBased: boolean;
}

/** The collector of traces, and the requests to trace. */
export interface TracesConfig extends Sampling {
  /** The URL that traces are sent to. */
  readonly url: string;
}
