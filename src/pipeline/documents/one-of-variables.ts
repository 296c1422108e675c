import {
  type ASTVisitor,
  getNullableType,
  GraphQLError,
  isInputObjectType,
  isNonNullType,
  Kind,
  print,
  type ValidationContext,
} from 'graphql';

/**
 * Refuses a nullable variable as the member of a @oneOf input in a non-null position: with null, the operation would fail
 * while it runs, after earlier mutations of the document. GraphQL.js has the rule for nullable positions alone.
 *
 * Source: https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed
 */
export function oneOfVariables(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: {
      leave(operation) {
        const types = new Map(operation.variableDefinitions?.map((each) => [each.variable.name.value, each.type]));
        for (const { node, parentType } of context.getRecursiveVariableUsages(operation)) {
          if (!isNonNullType(parentType)) continue;
          const input = getNullableType(parentType);
          const type = types.get(node.name.value);
          if (!isInputObjectType(input) || !input.isOneOf || type === undefined) continue;
          if (type.kind === Kind.NON_NULL_TYPE) continue;
          context.reportError(
            new GraphQLError(
              `Variable "$${node.name.value}" is nullable but must be non-nullable to be used for OneOf Input Object "${input.name}". Declare it as ${print(type)}!.`,
              { nodes: node },
            ),
          );
        }
      },
    },
  };
}
