import 'reflect-metadata';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { securedSdl } from './access/secured-sdl.js';
import { printSubgraph } from './print-subgraph.js';
import { buildSubgraph } from './schema.js';

/**
 * Writes the subgraph's files, which are committed. With --check it writes nothing, and fails where a file does not say
 * what the code says.
 */
const { sdl } = await buildSubgraph();
const files = { 'subgraph.graphql': sdl, 'subgraph.secured.graphql': securedSdl(sdl) };

for (const [name, text] of Object.entries(files)) {
  const file = new URL(`../../schema/${name}`, import.meta.url);
  const generated = printSubgraph(text);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, generated);
  } else if (!existsSync(file) || readFileSync(file, 'utf8') !== generated) {
    console.error(`schema/${name} is out of date. Run \`npm run generate\` and commit what it writes.`);
    process.exitCode = 1;
  }
}
