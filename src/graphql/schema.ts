import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { buildSchema, createResolversMap, type PubSub } from 'type-graphql';
import { enforceRules } from './access/enforce.js';
import { auditMutations } from './audit.js';
import { CatalogResolver } from './catalog/catalog.resolver.js';
import { ContactResolver } from './contact/contact.resolver.js';
import { CreateTaskContactResolver } from './create-task-contact/create-task-contact.resolver.js';
import { DateTime } from './values/date-time.js';
import { resolveByDefault } from './field-resolvers.js';
import { JobsResolver } from './jobs/jobs.resolver.js';
import { LifecycleResolver } from './lifecycle/lifecycle.resolver.js';
import { RoutingResolver } from './lifecycle/routing.resolver.js';
import { LiveResolver } from './live/live.resolver.js';
import { SearchResolver } from './search/search.resolver.js';
import { resolveEntities } from './federation/resolve-entities.js';
import { measureAnswers } from './measure-answer.js';
import { copyExtensions } from './loading/reads.js';

/** The head of the subgraph's SDL: federation version and directives, and @oneOf, which graphql-js enforces. */
const PREAMBLE = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@cost", "@listSize"])

"An input object of which exactly one field must be given."
directive @oneOf on INPUT_OBJECT
`;

/** type-graphql asks for topics even where each subscription has a source of its own. */
const NO_TOPICS: PubSub = {
  publish: () => {},
  subscribe() {
    throw new TypeError('The gateway has no topics: a subscription names its source by the option subscribe.');
  },
};

/** The subgraph: its SDL and the schema that executes it. */
export interface Subgraph {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/**
 * Builds the subgraph's schema from the annotated classes.
 *
 * type-graphql supports neither federation nor @oneOf, so its schema is printed with directives and built again as a
 * subgraph, which enforces both and keeps them visible.
 *
 * @param shorten the fast path of fields, which changes the resolvers in place. Default: {@link resolveByDefault}
 */
export async function buildSubgraph(shorten = resolveByDefault): Promise<Subgraph> {
  const annotated = await buildSchema({
    resolvers: [
      ContactResolver,
      SearchResolver,
      CatalogResolver,
      CreateTaskContactResolver,
      LifecycleResolver,
      RoutingResolver,
      LiveResolver,
      JobsResolver,
    ],
    pubSub: NO_TOPICS,
    scalarsMap: [{ type: Date, scalar: DateTime }],
    // The validation service validates, because type-graphql would send class-validator's raw errors to clients.
    validate: false,
    // The schema is built and checked again below; a check here would run an introspection of all of it.
    skipCheck: true,
  });
  const sdl = `${PREAMBLE}\n${printSchemaWithDirectives(annotated)}\n`;
  const resolvers = createResolversMap(annotated);
  shorten(annotated, resolvers as never);
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: resolvers as never }]);
  copyExtensions(annotated, schema);
  resolveEntities(schema);
  measureAnswers(schema);
  enforceRules(schema);
  // Last, so that refusals are audited too.
  auditMutations(schema);
  return { sdl, schema };
}
