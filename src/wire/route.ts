import type { AnyOperation } from './operation.js';

/** The operation that a request's target selects, with its path and query. */
export interface Route {
  readonly operation: AnyOperation;
  /** Path segments that are members, by name, still encoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

interface Pattern {
  readonly operation: AnyOperation;
  readonly segments: readonly string[];
}

/** Finds the operation of a method and a request's target. */
export type Router = (method: string, target: string) => Route | undefined;

/**
 * Creates a router. It splits the path before decoding, because ids may be ARNs with encoded slashes. It does not collapse
 * slashes: an empty segment is an empty id.
 */
export function router(operations: readonly AnyOperation[]): Router {
  const patterns = operations.map((operation) => ({ operation, segments: operation.path.split('/') }));
  return (method, target) => {
    const { path, query } = splitTarget(target);
    const segments = path.split('/');
    const pattern = patterns.find((one) => one.operation.method === method && fits(one, segments));
    return pattern && { operation: pattern.operation, path: membersOf(pattern, segments), query };
  };
}

/** Splits a request's target into path and query. */
export function splitTarget(target: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = target.indexOf('?');
  return mark < 0
    ? { path: target, query: new URLSearchParams() }
    : { path: target.slice(0, mark), query: new URLSearchParams(target.slice(mark + 1)) };
}

function fits(pattern: Pattern, segments: readonly string[]): boolean {
  return (
    pattern.segments.length === segments.length &&
    pattern.segments.every((segment, index) => segment.startsWith('{') || segment === segments[index])
  );
}

function membersOf(pattern: Pattern, segments: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    pattern.segments.flatMap((segment, index) =>
      segment.startsWith('{') ? [[segment.slice(1, -1), segments[index] ?? '']] : [],
    ),
  );
}
