import {
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** The part of GraphQLResolveInfo that reading a selection needs. */
export interface SelectionFacts {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode | undefined>>;
  /** Coerced variables. */
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/**
 * The fields that selections have on a type: those of fragments that apply to it, each fragment once, without what @skip and
 * @include leave out.
 */
export function* fieldsOf(
  facts: SelectionFacts,
  type: GraphQLObjectType,
  selections: Iterable<SelectionSetNode | undefined>,
  spread: Set<string> = new Set(),
): Generator<FieldNode> {
  for (const selectionSet of selections) {
    for (const node of selectionSet?.selections ?? []) {
      if (node.directives?.length && isLeftOut(node, facts)) continue;
      if (node.kind === Kind.FIELD) {
        yield node;
        continue;
      }
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(node.name.value)) continue;
        spread.add(node.name.value);
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? facts.fragments[node.name.value] : node;
      const condition = fragment?.typeCondition?.name.value;
      if (condition === undefined || applies(facts.schema, condition, type)) {
        yield* fieldsOf(facts, type, [fragment?.selectionSet], spread);
      }
    }
  }
}

function isLeftOut(node: SelectionNode, { variableValues }: SelectionFacts): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if === false
  );
}

function applies(schema: GraphQLSchema, condition: string, type: GraphQLObjectType): boolean {
  if (condition === type.name) return true;
  const named = schema.getType(condition);
  return isAbstractType(named) && schema.isSubType(named, type);
}

/**
 * The names of the fields that a request selects on a type below the field that is being resolved.
 *
 * @param path leads from that type to a field of an object type, whose own fields are returned then
 */
export function selectedFields(
  info: GraphQLResolveInfo,
  type: GraphQLObjectType,
  ...path: readonly string[]
): ReadonlySet<string> {
  let of = type;
  let nodes: readonly FieldNode[] = info.fieldNodes;
  const below = () => [
    ...fieldsOf(
      info,
      of,
      nodes.map(({ selectionSet }) => selectionSet),
    ),
  ];
  for (const step of path) {
    nodes = below().filter(({ name }) => name.value === step);
    of = getNamedType(of.getFields()[step]?.type) as GraphQLObjectType;
  }
  return new Set(below().map(({ name }) => name.value));
}
