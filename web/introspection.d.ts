export const INTROSPECTION: string;
export const introspectionQuery: string;
export function forReaders<Result>(result: Result): Result;
