import type { IncomingHttpHeaders } from 'node:http';

/** Observes requests. It changes nothing and never throws. */
export interface RequestObserver {
  /** A request has arrived. */
  request(request: ObservedRequest): RequestRecord;
  /** A GraphQL operation begins, within {@link RequestRecord.run}. */
  operation(): OperationRecord;
  /** An answer has errors of these codes. */
  errors(place: ErrorPlace, codes: readonly string[]): void;
}

/** Place of an error: `errors` of a GraphQL response, `errors` of a payload, or an answer of HTTP itself. */
export type ErrorPlace = 'response' | 'payload' | 'http';

/** The facts of a request. */
export interface ObservedRequest {
  readonly method: string;
  /** Pattern of the route, never the path that a client chose. */
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
}

/** A request that has not ended. */
export interface RequestRecord {
  /** Runs the work of the request. */
  run<Result>(work: () => Result): Result;
  /** The request was answered, or its client disconnected. */
  ended(status: number): void;
}

/** An operation that has not ended. */
export interface OperationRecord {
  /**
   * The operation is valid.
   *
   * @param name one of a bounded set: a root field, `several` or `meta`
   */
  named(type: string, name: string): void;
  ended(codes: readonly string[]): void;
}
