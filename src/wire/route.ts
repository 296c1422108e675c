import type { AnyOperation } from './operation.js';

/** What a request's target leads to. */
export interface Route {
  readonly operation: AnyOperation;
  /** The segments that are members, by name, as they came. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

interface Pattern {
  readonly operation: AnyOperation;
  readonly segments: readonly string[];
}

/** Finds the operation that a method and a request's target mean. */
export type Router = (method: string, target: string) => Route | undefined;

/**
 * Makes a router. It splits the path before anything is decoded, since ids may be ARNs with encoded slashes, and it
 * collapses nothing: an empty segment is an empty id.
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

/** The path and the query of a request's target. */
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
