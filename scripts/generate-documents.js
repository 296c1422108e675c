/**
 * Writes the typed documents that codegen.yml describes, as its command-line tool would, with a tenth of the packages.
 *
 *   node scripts/generate-documents.js            writes
 *   node scripts/generate-documents.js --check    ends with 1 if a file is not what it would write
 */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { codegen } from '@graphql-codegen/core';
import * as typedDocumentNode from '@graphql-codegen/typed-document-node';
import * as typescriptOperations from '@graphql-codegen/typescript-operations';
import { buildASTSchema, concatAST, lexicographicSortSchema, parse } from 'graphql';
import { parse as parseYaml } from 'yaml';

const PLUGINS = { 'typescript-operations': typescriptOperations, 'typed-document-node': typedDocumentNode };

const { schema, generates } = parseYaml(readFileSync('codegen.yml', 'utf8'), { merge: true });
const parts = schema.map((source) => parse(existsSync(source) ? readFileSync(source, 'utf8') : source));
const schemaAst = lexicographicSortSchema(buildASTSchema(concatAST(parts), { assumeValidSDL: true }));

for (const [filename, { documents, plugins, config }] of Object.entries(generates)) {
  const content = await codegen({
    filename,
    schemaAst,
    documents: globSync(documents)
      .sort()
      .map((location) => ({ location, document: parse(readFileSync(location, 'utf8')) })),
    plugins: plugins.map((name) => ({ [name]: {} })),
    pluginMap: Object.fromEntries(plugins.map((name) => [name, PLUGINS[name]])),
    config,
  });
  if (!process.argv.includes('--check')) {
    writeFileSync(filename, content);
  } else if (readFileSync(filename, 'utf8') !== content) {
    console.error(`${filename} is out of date. Run npm run generate and commit the file.`);
    process.exitCode = 1;
  }
}
