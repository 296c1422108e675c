import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import { securedSdl } from '../graphql/access/secured-sdl.js';
import { buildSubgraph } from '../graphql/schema.js';
import { printManifest } from '../pipeline/documents/persisted-documents.js';
import { printClientSchema, printPossibleTypes } from './print-client-schema.js';
import { printSubgraph } from './print-subgraph.js';

/**
 * Writes the generated files of schema/, which are committed. With --check it writes nothing,
 * and fails if a file differs from the code and the ready operations.
 */
const FOLDER = new URL('../../schema/', import.meta.url);

const operations = globSync(fileURLToPath(new URL('operations/*.graphql', FOLDER))).sort();
const { sdl } = await buildSubgraph();
const generated = {
  'schema.graphql': printClientSchema(sdl),
  'possible-types.json': printPossibleTypes(sdl),
  'subgraph.graphql': printSubgraph(sdl),
  'subgraph.secured.graphql': printSubgraph(securedSdl(sdl)),
  'persisted-documents.json': printManifest(operations.map((file) => readFileSync(file, 'utf8'))),
};
for (const [name, text] of Object.entries(generated)) {
  const file = new URL(name, FOLDER);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
    console.error(`schema/${name} is out of date. Run \`npm run generate\` and commit what it writes.`);
    process.exitCode = 1;
  }
}
