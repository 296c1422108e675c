import { buildASTSchema, type DirectiveNode, isAbstractType, Kind, parse, visit } from 'graphql';
import { printSubgraph } from './print-subgraph.js';

/** Directives that only routers and the gateway itself read. Clients read @oneOf and @deprecated. */
const NOT_FOR_CLIENTS: ReadonlySet<string> = new Set(['key', 'shareable', 'cost', 'listSize', 'link']);

/**
 * Prints the schema for tools of clients: without federation, because some refuse `extend schema`, such as Relay's
 * compiler.
 *
 * @param sdl the subgraph's SDL
 */
export function printClientSchema(sdl: string): string {
  const drop = (node: DirectiveNode) => (NOT_FOR_CLIENTS.has(node.name.value) ? null : undefined);
  const document = visit(parse(sdl), {
    [Kind.SCHEMA_EXTENSION]: () => null,
    [Kind.DIRECTIVE]: drop,
  });
  return printSubgraph(document);
}

/**
 * Prints the types of each interface and union as JSON, for the option `possibleTypes` of Apollo Client's cache.
 *
 * @param sdl the subgraph's SDL
 */
export function printPossibleTypes(sdl: string): string {
  const schema = buildASTSchema(parse(printClientSchema(sdl)));
  const abstract = Object.values(schema.getTypeMap()).filter(isAbstractType);
  const entries = abstract
    .map(
      (type) =>
        [
          type.name,
          schema
            .getPossibleTypes(type)
            .map(({ name }) => name)
            .sort(),
        ] as const,
    )
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`;
}
