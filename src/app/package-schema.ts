/**
 * The package's schema: texts for tools and clients, read from the files of `schema/` when they are first used.
 *
 * @module
 */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

// The same path from src and from dist: both are two folders below the package's root.
const FOLDER = new URL('../../schema/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');

/** Returns the schema in SDL, as clients see it: without federation. */
export function clientSdl(): string {
  return read('schema.graphql');
}

/** Returns the schema in SDL, as a subgraph of Apollo Federation 2. */
export function subgraphSdl(): string {
  return read('subgraph.graphql');
}

/** Returns the types of each interface and union, for the option `possibleTypes` of Apollo Client's cache. */
export function possibleTypes(): Readonly<Record<string, string[]>> {
  return JSON.parse(read('possible-types.json')) as Readonly<Record<string, string[]>>;
}

/**
 * Returns the ready operations, by the name of their file: `create-task-contact`.
 *
 * @example
 * const { 'create-task-contact': document } = operations();
 */
export function operations(): Readonly<Record<string, string>> {
  const files = globSync(fileURLToPath(new URL('operations/*.graphql', FOLDER))).sort();
  return Object.fromEntries(files.map((file) => [basename(file, '.graphql'), readFileSync(file, 'utf8')]));
}
