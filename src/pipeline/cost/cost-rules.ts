import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLNamedType,
  getNamedType,
  isCompositeType,
  isInputObjectType,
  isListType,
  getNullableType,
  valueFromASTUntyped,
} from 'graphql';

/** Assumed length of the list of a field, or of the fields below it, by @listSize. */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that say how many items are wanted. */
  readonly slicingArguments: readonly string[];
  /** The fields below this one whose lists they size; empty: its own list. */
  readonly sizedFields: readonly string[];
}

/** Cost of a field without its arguments. */
export interface FieldRule {
  readonly weight: number;
  readonly isList: boolean;
  readonly listSize: ListSize | undefined;
  /** The argument that asks for one item each. */
  readonly listArgument: string | undefined;
}

const rules = new WeakMap<GraphQLField<unknown, unknown>, FieldRule>();

/** The rule of a field, by its directives and its type. */
export function ruleOf(field: GraphQLField<unknown, unknown>): FieldRule {
  const known = rules.get(field);
  if (known !== undefined) return known;
  const listSize = listSizeOf(field.astNode?.directives);
  const isList = isListType(getNullableType(field.type));
  const rule: FieldRule = {
    weight: weightOf(field, getNamedType(field.type)),
    isList,
    listSize,
    listArgument: isList && listSize === undefined ? listArgumentOf(field) : undefined,
  };
  rules.set(field, rule);
  return rule;
}

/** Cost of one value of an argument or of a member of an input. */
export interface InputRule {
  readonly name: string;
  readonly weight: number;
  /** The input that its values are; undefined where they are scalars or of an enumeration. */
  readonly type: GraphQLInputObjectType | undefined;
}

const members = new WeakMap<GraphQLInputObjectType, readonly InputRule[]>();

/** The rule of an argument or of a member of an input. */
export function inputRuleOf(element: GraphQLArgument | GraphQLInputField): InputRule {
  const type = getNamedType(element.type);
  return { name: element.name, weight: weightOf(element, type), type: isInputObjectType(type) ? type : undefined };
}

/** The rules of those members of an input that can cost anything: known once, since a request may hold thousands of it. */
export function membersOf(type: GraphQLInputObjectType): readonly InputRule[] {
  const known = members.get(type);
  if (known !== undefined) return known;
  const costly = Object.values(type.getFields())
    .map(inputRuleOf)
    .filter((rule) => rule.weight !== 0 || rule.type !== undefined);
  members.set(type, costly);
  return costly;
}

/**
 * The weight of a field, an argument or a member of an input: its own @cost, else that of its type, else 1 for what has
 * fields and 0 for scalars and enumerations.
 */
export function weightOf(
  element: GraphQLField<unknown, unknown> | GraphQLArgument | GraphQLInputField,
  type: GraphQLNamedType,
): number {
  return (
    costOf(element.astNode?.directives) ??
    costOf(type.astNode?.directives) ??
    (isCompositeType(type) || isInputObjectType(type) ? 1 : 0)
  );
}

/**
 * Returns the list argument of a field that has one item for each of its members: connectContacts its ids, _entities its
 * representations. @listSize cannot state this, because composition requires its arguments to be Int.
 */
function listArgumentOf({ args }: GraphQLField<unknown, unknown>): string | undefined {
  const lists = args.filter(({ type }) => isListType(getNullableType(type)));
  // An optional list is a filter, which does not determine the size of the field's list.
  const [only, ...others] = lists;
  return others.length === 0 && only !== undefined && getNullableType(only.type) !== only.type ? only.name : undefined;
}

function costOf(directives: readonly ConstDirectiveNode[] | undefined): number | undefined {
  const weight = Number(argumentsOf(directives, 'cost')?.weight ?? Number.NaN);
  return Number.isFinite(weight) ? weight : undefined;
}

function listSizeOf(directives: readonly ConstDirectiveNode[] | undefined): ListSize | undefined {
  const given = argumentsOf(directives, 'listSize');
  if (given === undefined) return undefined;
  const { assumedSize, slicingArguments = [], sizedFields = [] } = given;
  return {
    assumedSize: typeof assumedSize === 'number' ? assumedSize : undefined,
    slicingArguments: slicingArguments as readonly string[],
    sizedFields: sizedFields as readonly string[],
  };
}

function argumentsOf(
  directives: readonly ConstDirectiveNode[] | undefined,
  name: string,
): Readonly<Record<string, unknown>> | undefined {
  const found = directives?.find((directive) => directive.name.value === name);
  if (found === undefined) return undefined;
  return Object.fromEntries(
    (found.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value)]),
  );
}
