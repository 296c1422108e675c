import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap } from 'type-graphql';
import { enforceRules } from './access/enforce.js';
import { auditMutations } from './audit-mutations.js';
import { CatalogResolver } from './catalog/catalog.resolver.js';
import { ConnectContactFlow } from './catalog/contact-flow.type.js';
import { ConnectQuickConnect } from './catalog/quick-connect.type.js';
import { ConnectTaskTemplate } from './catalog/task-template.type.js';
import { ContactResolver } from './contact/contact.resolver.js';
import { ConnectContact } from './contact/contact.type.js';
import { ConnectContactChain } from './contact/contact-chain.type.js';
import type { GatewayContext } from './context.js';
import { CreateTaskContactResolver } from './create-task-contact/create-task-contact.resolver.js';
import { DateTime } from './date-time.js';
import { LifecycleResolver } from './lifecycle/lifecycle.resolver.js';
import { judgeRepresentations, type Representation } from './representations.js';

/** What the subgraph's SDL begins with: the federation version and directives it uses, and @oneOf, which graphql-js enforces. */
const PREAMBLE = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])

"An input object of which exactly one field must be given."
directive @oneOf on INPUT_OBJECT
`;

/** The types that other subgraphs can hold references to, by their names. */
const ENTITIES = { ConnectContact, ConnectContactChain, ConnectContactFlow, ConnectQuickConnect, ConnectTaskTemplate };

/** The subgraph: its SDL and the schema that executes it. */
export interface Subgraph {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/**
 * Builds the subgraph's schema from the annotated classes.
 *
 * type-graphql knows neither federation nor @oneOf, so its schema is printed with its directives and built again as a
 * subgraph, which enforces both and keeps them visible.
 */
export async function buildSubgraph(): Promise<Subgraph> {
  const annotated = await buildSchema({
    resolvers: [ContactResolver, CatalogResolver, CreateTaskContactResolver, LifecycleResolver],
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // The validation service judges: type-graphql's own way would put class-validator's raw errors before clients.
    validate: false,
  });
  const sdl = `${PREAMBLE}\n${printSchemaWithDirectives(annotated)}\n`;
  const resolvers = createResolversMap(annotated);
  for (const [name, EntityType] of Object.entries(ENTITIES)) {
    Object.assign(resolvers[name] as object, { __resolveReference: resolveBy(EntityType) });
  }
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  judgeRepresentations(schema);
  enforceRules(schema);
  // Last, so that refusals are on record too.
  auditMutations(schema);
  return { sdl, schema };
}

/** Makes entities from what a router hands over; null where this gateway does not serve the instance. */
function resolveBy(EntityType: new (instanceId: string, id: string) => object) {
  return ({ instanceId, id }: Representation, { instances }: GatewayContext): object | null => {
    const served = instances.resolve(instanceId);
    return served === undefined ? null : new EntityType(served, id);
  };
}
