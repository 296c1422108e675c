import {
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  getNamedType,
  type GraphQLArgument,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  valueFromASTUntyped,
  type ValueNode,
} from 'graphql';
import { fragmentsOf, isIntrospection, measureSelections } from '../limits/measure-document.js';
import {
  type FieldRule,
  type InputRule,
  inputRuleOf,
  type ListSize,
  membersOf,
  ruleOf,
  weightOf,
} from './cost-rules.js';
import { type Formula, once, product, sum, type Variables } from './formula.js';

/** Assumed length of a list without @listSize. Apollo's and Hive's routers have a setting for it. */
const UNKNOWN_LIST_SIZE = 10;

/** Cost of a mutation beside its fields, as in Apollo Router. */
const MUTATION_COST = 10;

/**
 * Cost of introspection, and of each alias within it: some 1,100 objects and 100 KB, always in full.
 * The directives of the specification do not reach the types of introspection.
 */
const INTROSPECTION_COST = 5_000;

/** The lists below a field whose length its arguments say. */
interface Sizing {
  readonly fields: readonly string[];
  readonly size: Formula;
}

/** The formula of each operation: documents that are remembered are not gone through again. */
const formulas = new WeakMap<OperationDefinitionNode, Formula>();

/**
 * Estimates the cost of an operation before it runs, by IBM's cost specification as Apollo Router reads it. A field
 * weighs 1 where it has fields of its own and 0 otherwise, or as @cost says; with what is selected below, that counts
 * once for each item of a list. Arguments are added: 1 for each input object. A mutation costs 10 more.
 *
 * @param document a valid one
 * @param variables the variables before coercion
 */
export function estimateCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): number {
  const formula = formulas.get(operation) ?? formulaOf(schema, document, operation);
  formulas.set(operation, formula);
  return typeof formula === 'number' ? formula : formula(withDefaults(operation, variables));
}

function formulaOf(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Formula {
  const fragments = fragmentsOf(document);
  /** A fragment costs the same wherever it is spread, unless lists in it are sized from above. */
  const known = new Map<Sizing | undefined, Map<string, Formula>>();

  function ofSelections(type: GraphQLNamedType, set: SelectionSetNode | undefined, sizing?: Sizing): Formula {
    return sum((set?.selections ?? []).map((node) => unlessSkipped(node, ofSelection(type, node, sizing))));
  }

  function ofSelection(type: GraphQLNamedType, node: SelectionNode, sizing: Sizing | undefined): Formula {
    if (node.kind === Kind.FIELD) return ofField(type, node, sizing);
    if (node.kind === Kind.FRAGMENT_SPREAD) return ofFragment(node.name.value, sizing);
    const { typeCondition, selectionSet } = node;
    return ofSelections(typeCondition ? typeNamed(typeCondition.name.value) : type, selectionSet, sizing);
  }

  function ofFragment(name: string, sizing: Sizing | undefined): Formula {
    const costs = known.get(sizing) ?? new Map<string, Formula>();
    known.set(sizing, costs);
    const before = costs.get(name);
    if (before !== undefined) return before;
    const node = fragments.get(name);
    const cost = node ? once(ofSelections(typeNamed(node.typeCondition.name.value), node.selectionSet, sizing)) : 0;
    costs.set(name, cost);
    return cost;
  }

  function ofField(parent: GraphQLNamedType, node: FieldNode, sizing: Sizing | undefined): Formula {
    const name = node.name.value;
    if (isIntrospection(name)) {
      return INTROSPECTION_COST * (1 + measureSelections(document, node.selectionSet).aliases);
    }
    const field = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    if (field === undefined) return 0; // __typename
    const rule = ruleOf(field);
    const args = new Map(node.arguments?.map((each) => [each.name.value, each.value]));
    const one = sum([
      rule.weight,
      ofSelections(getNamedType(field.type), node.selectionSet, sizingOf(rule, field.args, args)),
    ]);
    const ofArguments = field.args.map((arg) => ofArgument(arg, args.get(arg.name)));
    return sum([product(countOf(name, rule, field.args, args, sizing), one), ...ofArguments]);
  }

  const typeNamed = (name: string) => schema.getType(name) as GraphQLNamedType;
  const root = schema.getRootType(operation.operation);
  return sum([
    operation.operation === OperationTypeNode.MUTATION ? MUTATION_COST : 0,
    root ? ofSelections(root, operation.selectionSet) : 0,
  ]);
}

type Arguments = ReadonlyMap<string, ValueNode>;

/** Returns the number of items of a field: sized by the field above, by its own arguments, or as assumed. */
function countOf(
  name: string,
  { isList, listSize, listArgument }: FieldRule,
  declared: readonly GraphQLArgument[],
  args: Arguments,
  sizing: Sizing | undefined,
): Formula {
  if (!isList) return 1;
  if (sizing?.fields.includes(name)) return sizing.size;
  if (listSize !== undefined && listSize.sizedFields.length === 0) return sizeBy(listSize, declared, args);
  if (listArgument === undefined) return UNKNOWN_LIST_SIZE;
  return asked([args.get(listArgument)], ([list]) => (Array.isArray(list) ? list.length : 1));
}

function sizingOf({ listSize }: FieldRule, declared: readonly GraphQLArgument[], args: Arguments): Sizing | undefined {
  if (listSize === undefined || listSize.sizedFields.length === 0) return undefined;
  return { fields: listSize.sizedFields, size: sizeBy(listSize, declared, args) };
}

/** The greatest of the slicing arguments; the assumed size where none is given. */
function sizeBy(
  { assumedSize, slicingArguments }: ListSize,
  declared: readonly GraphQLArgument[],
  args: Arguments,
): Formula {
  return asked(
    slicingArguments.map((name) => args.get(name)),
    (given) => {
      const sizes = slicingArguments.flatMap((name, index) => {
        const size = given[index] ?? declared.find((each) => each.name === name)?.defaultValue;
        return typeof size === 'number' ? [Math.max(0, size)] : [];
      });
      return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? UNKNOWN_LIST_SIZE);
    },
  );
}

function ofArgument(argument: GraphQLArgument, node: ValueNode | undefined): Formula {
  const type = getNamedType(argument.type);
  if (node === undefined || (!isInputObjectType(type) && weightOf(argument, type) === 0)) return 0;
  const rule = inputRuleOf(argument);
  return asked([node], ([value]) => ofInput(rule, value));
}

/** Returns the cost of an argument or of a member of an input: its objects and their members. */
function ofInput(rule: InputRule, value: unknown): number {
  if (value === undefined || value === null) return 0;
  if (!Array.isArray(value)) return ofItem(rule, value);
  return value.reduce<number>((cost, item) => cost + ofItem(rule, item), 0);
}

function ofItem({ weight, type }: InputRule, item: unknown): number {
  let cost = weight;
  if (type === undefined || typeof item !== 'object' || item === null) return cost;
  for (const member of membersOf(type)) cost += ofInput(member, (item as Variables)[member.name]);
  return cost;
}

/** A formula that needs some values of the document: a number where no variable is among them. */
function asked(nodes: readonly (ValueNode | undefined)[], cost: (values: readonly unknown[]) => number): Formula {
  const valuesBy = (variables?: Variables) =>
    nodes.map((node) => node && valueFromASTUntyped(node, variables as Parameters<typeof valueFromASTUntyped>[1]));
  if (nodes.some((node) => node && hasVariable(node))) return (variables) => cost(valuesBy(variables));
  return cost(valuesBy());
}

function hasVariable(node: ValueNode): boolean {
  if (node.kind === Kind.VARIABLE) return true;
  if (node.kind === Kind.LIST) return node.values.some(hasVariable);
  return node.kind === Kind.OBJECT && node.fields.some(({ value }) => hasVariable(value));
}

function withDefaults(operation: OperationDefinitionNode, variables: Variables): Variables {
  const defaults = (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue && variables[variable.name.value] === undefined
      ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const]
      : [],
  );
  return defaults.length === 0 ? variables : { ...variables, ...Object.fromEntries(defaults) };
}

/** Parts that @skip or @include leaves out of this request cost nothing. */
function unlessSkipped(
  { directives = [] }: { readonly directives?: readonly DirectiveNode[] },
  cost: Formula,
): Formula {
  const factors = directives.flatMap(({ name, arguments: args }) => {
    if (name.value !== 'skip' && name.value !== 'include') return [];
    const condition = args?.find((each) => each.name.value === 'if')?.value;
    return [asked([condition], ([value]) => (value === (name.value === 'skip') ? 0 : 1))];
  });
  return factors.reduce(product, cost);
}
