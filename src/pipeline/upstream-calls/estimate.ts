import {
  type DocumentNode,
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isListType,
  isObjectType,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import { MAX_CALLS_OF_NAMES } from '../../connect/catalog.js';
import type { RatedOperation } from '../../connect/rates.js';
import { MAX_FIRST, USUAL_FIRST } from '../../graphql/connection/read-connection.js';
import type { FieldExtensions, FieldReads } from '../../graphql/loading/reads.js';
import { fieldsOf, type SelectionFacts } from '../../graphql/loading/selection.js';
import { ruleOf } from '../cost/cost-rules.js';
import { fragmentsOf } from '../limits/measure-document.js';
import { Calls } from './calls.js';
import { areChains, chainsOf, knowsChains, missingReads, type Things } from './things.js';

/** A request, as far as its calls follow from it. */
export interface EstimatedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** The variables before coercion. */
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** Facts that an estimate depends on, beside the request. */
export interface EstimateFacts {
  /** Contacts that a chain may hold: its linked tasks and the contact that it began with. */
  readonly chainSize: number;
  /** Returns the weight of a call of an operation. Default: 1 for each operation. */
  readonly weightOf?: (operation: RatedOperation) => number;
}

/** Calls that reading one thing takes, if more than 1: an unpublished flow is read again as it was saved. */
const CALLS_OF_READ: Partial<Record<RatedOperation, number>> = { DescribeContactFlow: 2 };

/** Maximum number of calls that reading any number of things takes, if a list answers for many. */
const MOST_CALLS: Partial<Record<RatedOperation, number>> = {
  DescribeQueue: MAX_CALLS_OF_NAMES,
  DescribeUser: MAX_CALLS_OF_NAMES,
};

/**
 * Estimates how many calls on the API a request costs at most, with empty caches, no retries and chains of full length. What
 * fields read is stated beside them, by `@Reads` and `@Calls`.
 *
 * @param ceiling where counting stops: a small document can nest without end
 * @returns 0 for a request that is refused for its variables, before anything is called
 */
export function estimateCalls(request: EstimatedRequest, facts: EstimateFacts, ceiling: number): number {
  const { schema, document, operation } = request;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], request.variables ?? {}, {
    maxErrors: 1,
  });
  const type = schema.getRootType(operation.operation);
  if (coerced === undefined || !type) return 0;
  const selection = { schema, fragments: Object.fromEntries(fragmentsOf(document)), variableValues: coerced };
  const roots = rootsOf(selection, type, operation.selectionSet);
  if (operation.operation === OperationTypeNode.MUTATION) {
    // Mutations follow one another, and each one forgets what was read before it.
    return roots.reduce((total, root) => total + new Estimate(selection, facts, ceiling).ofMutation(root), 0);
  }
  const estimate = new Estimate(selection, facts, ceiling);
  for (const root of roots) estimate.query(root);
  return estimate.total;
}

type Field = GraphQLField<unknown, unknown>;

/** A root field. Selections of one response name are merged, because the field runs once for them. */
interface Root {
  readonly field: Field;
  readonly args: Readonly<Record<string, unknown>>;
  readonly selections: readonly SelectionSetNode[];
}

function rootsOf(selection: SelectionFacts, type: GraphQLObjectType, set: SelectionSetNode): readonly Root[] {
  const byName = Map.groupBy(fieldsOf(selection, type, [set]), ({ alias, name }) => (alias ?? name).value);
  return [...byName.values()].flatMap((nodes) => {
    const [first] = nodes;
    const field = first && type.getFields()[first.name.value];
    if (first === undefined || field === undefined) return [];
    const args = getArgumentValues(field, first, selection.variableValues);
    return [{ field, args, selections: nodes.flatMap(({ selectionSet }) => selectionSet ?? []) }];
  });
}

/** Walks the selections of a request, and counts the calls that they may take. */
class Estimate {
  readonly #selection: SelectionFacts;
  readonly #chainSize: number;
  readonly #ceiling: number;
  readonly #calls: Calls;
  readonly #visited = new Map<SelectionSetNode, Set<string>>();

  constructor(selection: SelectionFacts, { chainSize, weightOf = () => 1 }: EstimateFacts, ceiling: number) {
    this.#calls = new Calls(weightOf);
    this.#selection = selection;
    this.#chainSize = chainSize;
    this.#ceiling = ceiling;
  }

  get total(): number {
    return this.#calls.total;
  }

  query({ field, args, selections }: Root): void {
    const { reads } = extensionsOf(field);
    const key = keyOf([field.name, args]);
    if (field.name === '_entities') this.#entities(key, args.representations as readonly Reference[], selections);
    const type = getNamedType(field.type);
    const [operation] = reads?.by ?? [];
    if (!isObjectType(type)) return;
    if (operation === undefined) {
      // A job needs no call, but the contacts of a page of its items do.
      this.#into({ type, key, count: countOf(field, args) * MAX_FIRST }, selections);
      return;
    }
    const things: Things = { type, key, count: countOf(field, args), origin: operation };
    // A page that begins in the middle of one of Connect's may take two of them.
    const pages = field.args.some(({ name }) => name === 'after') ? { count: args.after == null ? 1 : 2 } : {};
    this.#read(operation, { ...things, ...pages });
    this.#into(things, selections);
  }

  #entities(key: string, references: readonly Reference[], selections: readonly SelectionSetNode[]): void {
    for (const [name, ofType] of Map.groupBy(references, (reference) => reference?.__typename)) {
      const type = this.#selection.schema.getType(String(name));
      if (!isObjectType(type)) continue;
      const { size } = new Set(ofType.map((each) => keyOf([each?.instanceId, each?.id])));
      this.#into({ type, key: `${name} of ${key}`, count: size, isReference: true }, selections);
    }
  }

  ofMutation({ field, args, selections }: Root): number {
    const { calls } = extensionsOf(field);
    const type = getNamedType(field.type);
    if (calls === undefined || !isObjectType(type)) return 0;
    const { calls: made, whenRefused = 0, reads, stated } = typeof calls === 'function' ? calls(args) : calls;
    const things: Things = { type, key: field.name, count: 1, origin: reads, stated };
    if (reads !== undefined) this.#read(reads, things);
    if (stated?.has('attributes')) this.#calls.know('GetContactAttributes', chainsOf(things).key);
    this.#into(things, selections);
    return made + Math.max(this.total, whenRefused);
  }

  #into(things: Things, selections: readonly SelectionSetNode[]): void {
    for (const selection of selections) {
      if (this.total > this.#ceiling || !this.#isNew(things, selection)) continue;
      for (const { name, selectionSet } of fieldsOf(this.#selection, things.type, [selection])) {
        const field = things.type.getFields()[name.value];
        if (field === undefined) continue; // __typename
        const found = this.#field(things, field);
        if (found !== undefined && selectionSet) this.#into(found, [selectionSet]);
      }
    }
  }

  /** The same selection on the same things costs nothing more: without this, fragments that nest would take for ever. */
  #isNew({ key }: Things, selection: SelectionSetNode): boolean {
    const keys = this.#visited.get(selection) ?? new Set();
    this.#visited.set(selection, keys);
    if (keys.has(key)) return false;
    keys.add(key);
    return true;
  }

  /** Counts the reads of a field. @returns what it leads to; undefined for values */
  #field(things: Things, field: Field): Things | undefined {
    const { reads } = extensionsOf(field);
    for (const operation of reads ? missingReads(things, field.name, reads) : []) this.#read(operation, things);
    const type = getNamedType(field.type);
    if (!isObjectType(type)) return undefined;
    const found = this.#ledTo(things, field, type, reads);
    if (things.isReference && reads?.verifiedBy) this.#read(reads.verifiedBy, found);
    return found;
  }

  #ledTo(things: Things, field: Field, type: GraphQLObjectType, reads: FieldReads | undefined): Things {
    if (areChains({ type })) return { type, ...chainsOf(things) };
    // Connections, edges and payloads hold the very things.
    if (reads === undefined) return { ...things, type };
    const { id, ofChain, by, most } = reads;
    const key = `${field.name} of ${things.key}`;
    const isSameChain = areChains(things) || (ofChain && knowsChains(things));
    return {
      type,
      key,
      count: isListType(getNullableType(field.type)) ? things.count * (most ?? this.#chainSize) : things.count,
      // A reference is an id alone.
      origin: id !== undefined || things.stated?.has(field.name) ? undefined : by[0],
      chains: isSameChain ? chainsOf(things) : undefined,
    };
  }

  /** Counts a read of each of some things; of contacts no more than their chains may hold. */
  #read(operation: RatedOperation, things: Things): void {
    const chains = chainsOf(things);
    const isOfChain =
      operation === 'ListAssociatedContacts' || (operation === 'GetContactAttributes' && knowsChains(things));
    const { key, count } = isOfChain ? chains : things;
    const isOfContact = operation === 'DescribeContact' || operation === 'ListContactReferences';
    const pool = isOfContact ? { key: chains.key, most: chains.count * this.#chainSize } : undefined;
    const calls = Math.min(count * (CALLS_OF_READ[operation] ?? 1), MOST_CALLS[operation] ?? Number.POSITIVE_INFINITY);
    this.#calls.read(operation, key, calls, pool);
  }
}

/** A router's reference to an entity. */
type Reference = Readonly<Record<string, unknown>> | null;

function extensionsOf({ extensions }: Field): FieldExtensions {
  return extensions as FieldExtensions;
}

function keyOf(given: unknown): string {
  return JSON.stringify(given);
}

/** Things that a root field answers at most: items of a page, or one for each of the ids that it is given. */
function countOf(field: Field, args: Readonly<Record<string, unknown>>): number {
  const { listSize, listArgument } = ruleOf(field);
  if (listSize !== undefined) return Math.min(Math.max(Number(args.first ?? USUAL_FIRST), 1), MAX_FIRST);
  return listArgument === undefined ? 1 : new Set(args[listArgument] as readonly unknown[]).size;
}
