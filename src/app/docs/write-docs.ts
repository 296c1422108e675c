/**
 * Writes docs/api/reference.md and the generated tables of the pages. With --check it writes nothing, and fails if a page
 * differs from what the code states.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import 'reflect-metadata';
import { isObjectType } from 'graphql';
import type { FieldExtensions } from '../../graphql/loading/reads.js';
import { buildSubgraph } from '../../graphql/schema.js';
import { printSubgraph } from '../print-subgraph.js';
import { apiReference } from './reference.js';
import { TABLES } from './tables.js';

const FOLDER = fileURLToPath(new URL('../../../docs/', import.meta.url));
const REFERENCE = 'api/reference.md';

/** A generated part of a page, between its markers. */
const GENERATED = /<!-- generated: ([a-z-]+) -->\n[\s\S]*?<!-- end -->/g;

function filled(page: string): string {
  return page.replace(GENERATED, (_, name: string) => {
    const table = TABLES[name];
    if (table === undefined)
      throw new Error(`No table is called ${name}. There are ${Object.keys(TABLES).join(', ')}.`);
    return `<!-- generated: ${name} -->\n\n${table()}\n\n<!-- end -->`;
  });
}

/** Operations of Amazon Connect that a field causes when it is selected, by type and field. */
function callsOf(type: string, field: string): readonly string[] {
  const fields = schema.getType(type);
  if (!isObjectType(fields)) return [];
  const { reads } = (fields.getFields()[field]?.extensions ?? {}) as FieldExtensions;
  return reads?.by ?? [];
}

const { sdl, schema } = await buildSubgraph();
const isCheck = process.argv.includes('--check');
const outdated: string[] = [];
for (const page of globSync('**/*.md', { cwd: FOLDER }).sort()) {
  const file = `${FOLDER}${page}`;
  const text = readFileSync(file, 'utf8');
  const expected = page === REFERENCE ? apiReference(printSubgraph(sdl), callsOf) : filled(text);
  if (text === expected) continue;
  if (isCheck) outdated.push(page);
  else writeFileSync(file, expected);
}
for (const page of outdated) {
  console.error(`docs/${page} is out of date. Run \`npm run generate\` and commit what it writes.`);
  process.exitCode = 1;
}
