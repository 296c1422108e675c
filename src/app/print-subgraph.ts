import { type DefinitionNode, type DocumentNode, Kind, parse, print } from 'graphql';

const HEADER = '# Generated from src/graphql by `npm run generate`. Do not edit.\n\n';

/** Prints an SDL as it is committed: in a fixed order, because builders print types in the order of discovery. */
export function printSubgraph(sdl: string | DocumentNode): string {
  const { definitions } = typeof sdl === 'string' ? parse(sdl) : sdl;
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
