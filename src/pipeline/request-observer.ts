import type { IncomingHttpHeaders } from 'node:http';

/** Watches requests. It changes nothing and never throws by itself. */
export interface RequestObserver {
  /** A request came. */
  request(request: ObservedRequest): RequestRecord;
  /** A GraphQL operation begins, within {@link RequestRecord.run}. */
  operation(): OperationRecord;
  /** Answers told errors: by their codes, of the response, of a payload, or of HTTP itself. */
  errors(place: ErrorPlace, codes: readonly string[]): void;
}

/** Where an error stands: in `errors` of a GraphQL response, in `errors` of a payload, or in the answer of HTTP itself. */
export type ErrorPlace = 'response' | 'payload' | 'http';

/** What is told of a request. */
export interface ObservedRequest {
  readonly method: string;
  /** The route's pattern, never the path that a client chose. */
  readonly route: string;
  readonly headers: IncomingHttpHeaders;
}

/** A request under way. */
export interface RequestRecord {
  /** Runs what the request causes. */
  run<Result>(work: () => Result): Result;
  /** It was answered, or its client hung up. */
  ended(status: number): void;
}

/** An operation under way. */
export interface OperationRecord {
  /**
   * It is valid.
   *
   * @param name one of a bounded set: a root field, `several` or `meta`
   */
  named(type: string, name: string): void;
  ended(codes: readonly string[]): void;
}
