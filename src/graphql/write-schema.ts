import 'reflect-metadata';
import { readFileSync, writeFileSync } from 'node:fs';
import { printSubgraph } from './print-subgraph.js';
import { buildSubgraph } from './schema.js';

/**
 * Writes schema/subgraph.graphql, which is committed. With --check it writes nothing, and fails where the file does not
 * say what the code says.
 */
const FILE = new URL('../../schema/subgraph.graphql', import.meta.url);

const generated = printSubgraph((await buildSubgraph()).sdl);
if (!process.argv.includes('--check')) {
  writeFileSync(FILE, generated);
} else if (readFileSync(FILE, 'utf8') !== generated) {
  console.error('schema/subgraph.graphql is out of date. Run `npm run generate` and commit what it writes.');
  process.exitCode = 1;
}
