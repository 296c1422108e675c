import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DefinitionNode, Kind, parse, print } from 'graphql';
import 'reflect-metadata';
import { securedSdl } from '../graphql/access/secured-sdl.js';
import { buildSubgraph } from '../graphql/schema.js';
import { printManifest } from '../pipeline/documents/persisted-documents.js';

const HEADER = '# Generated from src/graphql by `npm run generate`. Do not edit.\n\n';

/** The subgraph's SDL as it is committed: in a fixed order, since builders print types in the order of discovery. */
function printSubgraph(sdl: string): string {
  const { definitions } = parse(sdl);
  const sorted = [...definitions].sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
  return `${HEADER}${sorted.map(print).join('\n\n')}\n`;
}

const KIND_ORDER: readonly string[] = [
  Kind.SCHEMA_EXTENSION,
  Kind.SCHEMA_DEFINITION,
  Kind.DIRECTIVE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
];

function sortKey(definition: DefinitionNode): string {
  const name = 'name' in definition ? (definition.name?.value ?? '') : '';
  const kind = KIND_ORDER.indexOf(definition.kind);
  const root = ['Query', 'Mutation'].indexOf(name);
  return `${kind < 0 ? KIND_ORDER.length : kind} ${root < 0 ? 2 : root} ${name}`;
}

/**
 * Writes the subgraph's files and schema/persisted-documents.json, which are committed. With --check it writes nothing,
 * and fails where a file does not say what the code and the ready operations say.
 */
const FOLDER = new URL('../../schema/', import.meta.url);

const operations = globSync(fileURLToPath(new URL('operations/*.graphql', FOLDER))).sort();
const { sdl } = await buildSubgraph();
const generated = {
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
