import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getArgumentValues,
  getDirectiveValues,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../limits/measure-document.js';
import { Calls } from './calls.js';
import { type EstimateFacts, FIELDS } from './fields.js';
import { type Arguments, entities, MUTATIONS, QUERIES } from './roots.js';
import type { Things } from './things.js';

/** A request, as far as its calls follow from it. */
export interface EstimatedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/**
 * How many calls on the API a request costs at most, with nothing in a cache, no call repeated, and chains as long as they
 * may be.
 *
 * @param ceiling where counting stops: what is beyond it is told as some number beyond it, since a small document can nest
 *   without end
 * @returns 0 for a request that is refused for its variables, before anything is called
 */
export function estimateCalls(request: EstimatedRequest, facts: EstimateFacts, ceiling: number): number {
  const { schema, operation } = request;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
    maxErrors: 1,
  });
  if (coerced === undefined) return 0;
  const fragments = fragmentsOf(request.document);
  const reader: Reader = { variables: coerced, fragments, facts, ceiling };
  switch (operation.operation) {
    case OperationTypeNode.QUERY:
      return estimateQuery(reader, operation.selectionSet, schema.getQueryType() as GraphQLObjectType);
    case OperationTypeNode.MUTATION:
      return estimateMutation(reader, operation.selectionSet, schema.getMutationType() as GraphQLObjectType);
    default:
      return 0;
  }
}

interface Reader {
  readonly variables: Arguments;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly facts: EstimateFacts;
  readonly ceiling: number;
}

function estimateQuery(reader: Reader, selection: SelectionSetNode, type: GraphQLObjectType): number {
  const walk = new Walk(reader, new Calls());
  for (const { name, given, selections } of rootFields(reader, selection, type)) {
    for (const things of walk.query(name, given)) walk.into(things, selections);
  }
  return walk.calls.total;
}

/** Mutations follow one another, and each one forgets what was read before it. */
function estimateMutation(reader: Reader, selection: SelectionSetNode, type: GraphQLObjectType): number {
  let total = 0;
  for (const { name, given, selections } of rootFields(reader, selection, type)) {
    const cost = MUTATIONS[name]?.(given, reader.facts);
    if (cost === undefined) continue;
    const walk = new Walk(reader, new Calls());
    cost.reads?.(walk.calls);
    walk.into(cost.payload, selections);
    total += cost.calls + Math.max(walk.calls.total, cost.whenRefused);
  }
  return total;
}

/** A field of Query or Mutation. */
interface RootField {
  readonly name: string;
  readonly given: Arguments;
  readonly selections: readonly SelectionSetNode[];
}

/** What is selected under one name runs once. */
function rootFields(reader: Reader, selection: SelectionSetNode, type: GraphQLObjectType): readonly RootField[] {
  const byName = Map.groupBy(fieldsOf(reader, selection, undefined), ({ alias, name }) => (alias ?? name).value);
  return [...byName.values()].flatMap((fields) => {
    const [first] = fields as [FieldNode];
    const definition = type.getFields()[first.name.value];
    if (definition === undefined) return [];
    return [
      {
        name: first.name.value,
        given: getArgumentValues(definition, first, reader.variables),
        selections: fields.flatMap(({ selectionSet }) => selectionSet ?? []),
      },
    ];
  });
}

/** The fields that a selection has on a type, through its fragments; without those that are skipped. */
function* fieldsOf(
  reader: Reader,
  selection: SelectionSetNode,
  type: string | undefined,
  spread: Set<string> = new Set(),
): Generator<FieldNode> {
  const { variables, fragments } = reader;
  for (const node of selection.selections) {
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) continue;
    if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if === false) continue;
    if (node.kind === Kind.FIELD) {
      yield node;
      continue;
    }
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      if (spread.has(node.name.value)) continue;
      spread.add(node.name.value);
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : node;
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value;
    const isOfAnother = type !== undefined && condition !== undefined && condition in FIELDS && condition !== type;
    if (!isOfAnother) yield* fieldsOf(reader, fragment.selectionSet, type, spread);
  }
}

/** Walks a selection, and notes what it may call. */
class Walk {
  readonly #visited = new Map<SelectionSetNode, Set<string>>();

  constructor(
    readonly reader: Reader,
    readonly calls: Calls,
  ) {}

  /** What a field of Query leads to. */
  *query(name: string, given: Arguments): Generator<Things> {
    const { facts } = this.reader;
    if (name === '_entities') {
      for (const type of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
        const things = entities(given, type, facts);
        if (things !== undefined) yield things;
      }
      return;
    }
    const things = QUERIES[name]?.(given, this.calls, facts);
    if (things !== undefined) yield things;
  }

  /** Notes what a selection on some things may call. */
  into(things: Things, selections: readonly SelectionSetNode[]): void {
    for (const selection of selections) {
      if (this.calls.total > this.reader.ceiling || !this.#isNew(things, selection)) continue;
      for (const field of fieldsOf(this.reader, selection, things.type === 'holder' ? undefined : things.type)) {
        const found = this.#field(things, field.name.value);
        if (found !== undefined && field.selectionSet) this.into(found, [field.selectionSet]);
      }
    }
  }

  #field(things: Things, name: string): Things | undefined {
    if (things.type === 'holder') return things.fields[name];
    return FIELDS[things.type][name]?.(things as never, this.calls, this.reader.facts);
  }

  /** The same selection on the same things costs nothing more: without it, fragments that nest would take for ever. */
  #isNew({ key }: Things, selection: SelectionSetNode): boolean {
    const keys = this.#visited.get(selection) ?? new Set();
    this.#visited.set(selection, keys);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  }
}
