import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { printSubgraph } from './print-subgraph.js';
import { buildSubgraph } from './schema.js';

/** Writes schema/subgraph.graphql, which is committed; the check of generated files holds it against the code. */
const { sdl } = await buildSubgraph();
writeFileSync(new URL('../../schema/subgraph.graphql', import.meta.url), printSubgraph(sdl));
