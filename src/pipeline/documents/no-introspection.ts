import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';
import { isIntrospection } from '../limits/measure-document.js';

/**
 * Refuses to tell of the schema. The SDL of `_service` tells all that introspection does, so it goes with it: a router
 * that composes by asking needs INTROSPECTION=on, others compose from schema/subgraph.graphql. Entities are data.
 */
export function noIntrospection(context: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const name = node.name.value;
      if (!isIntrospection(name) && name !== '_service') return;
      context.reportError(
        new GraphQLError(
          `Introspection is off: ${name} cannot be asked for. The schema is in schema/subgraph.graphql; INTROSPECTION=on lets clients ask for it.`,
          { nodes: node },
        ),
      );
    },
  };
}
