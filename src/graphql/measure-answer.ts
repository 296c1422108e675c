import {
  type FieldNode,
  type GraphQLField,
  type GraphQLFieldResolver,
  getNamedType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isCompositeType,
  isNonNullType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type SelectionSetNode,
} from 'graphql';
import type { GatewayContext } from './context.js';
import type { AnswerSize } from './loading/answer-size.js';

type Source = Readonly<Record<string, unknown>> | null | undefined;
type Resolver = GraphQLFieldResolver<Source, GatewayContext>;
type Field = GraphQLField<Source, GatewayContext>;

/** Bytes of a member in JSON beside its name and its text: quotes, colon, comma, and a value that is not a text. */
const MEMBER_BYTES = 8;

/** What an object counts beside its members: it takes time and memory while it is made, however short its JSON is. */
const OBJECT_BYTES = 40;

/** UTF-16 units up to which a text counts as that many bytes: measuring a short one would cost more than it is worth. */
const SHORT_TEXT = 64;

/**
 * Measures answers while they are made: an object by what is selected of it, a text by its length. So neither aliases nor
 * the lengths of lists and texts make an answer that takes the memory, whatever the estimated cost was.
 */
export function measureAnswers(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const named = getNamedType(field.type);
      const isText = named.name === 'String' || named.name === 'ID';
      if (isText || isCompositeType(named)) field.resolve = measured(field, isText ? measureText : measureObjects);
    }
  }
}

type Measure = (size: AnswerSize, value: unknown, info: GraphQLResolveInfo) => boolean;

function measured({ name, type, resolve = resolverOf(name) }: Field, measure: Measure): Resolver {
  const isLeaf = measure === measureText;
  const isNullable = !isNonNullType(type);
  const checked = (value: unknown, { answerSize }: GatewayContext, info: GraphQLResolveInfo) =>
    measure(answerSize, value, info) ? value : givenUp(answerSize, isNullable, info);
  return (source, args, context, info) => {
    // Nothing more is read for an answer that is given up.
    if (!isLeaf && context.answerSize.isExceeded) return givenUp(context.answerSize, isNullable, info);
    const value = resolve(source, args, context, info);
    return value instanceof Promise
      ? value.then((settled) => checked(settled, context, info))
      : checked(value, context, info);
  };
}

/**
 * Answers a field of an answer that is too large: by an error, but for what follows the first one in a query, since that is
 * refused as a whole and its fields are not worth an error each.
 */
function givenUp(size: AnswerSize, isNullable: boolean, { operation }: GraphQLResolveInfo): null {
  if (isNullable && size.isRefused && operation.operation === OperationTypeNode.QUERY) return null;
  throw size.refuse();
}

/** The default resolver of graphql-js for one field of objects: its own looks the name up for each of them. */
function resolverOf(name: string): Resolver {
  return (source, args, context, info) => {
    const member = source?.[name];
    return typeof member === 'function' ? member.call(source, args, context, info) : member;
  };
}

function measureText(size: AnswerSize, value: unknown): boolean {
  if (typeof value === 'string') return size.add(value.length > SHORT_TEXT ? Buffer.byteLength(value) : value.length);
  return !Array.isArray(value) || value.every((each) => measureText(size, each));
}

function measureObjects(size: AnswerSize, value: unknown, { fieldNodes, fragments }: GraphQLResolveInfo): boolean {
  if (typeof value !== 'object' || value === null || value instanceof Error) return true;
  return size.add(bytesOf(fieldNodes, fragments) * (Array.isArray(value) ? value.length : 1));
}

/** By the nodes of documents, which are remembered from request to request. */
const known = new WeakMap<FieldNode, number>();

/** Bytes of one object beside its texts: the names under which its fields are answered, those in fragments included. */
function bytesOf(nodes: readonly FieldNode[], fragments: GraphQLResolveInfo['fragments']): number {
  let bytes = OBJECT_BYTES;
  for (const node of nodes) {
    let ofNode = known.get(node);
    if (ofNode === undefined) {
      ofNode = bytesOfSelections(node.selectionSet, fragments, new Set());
      known.set(node, ofNode);
    }
    bytes += ofNode;
  }
  return bytes;
}

function bytesOfSelections(
  set: SelectionSetNode | undefined,
  fragments: GraphQLResolveInfo['fragments'],
  spread: Set<string>,
): number {
  let bytes = 0;
  for (const node of set?.selections ?? []) {
    if (node.kind === Kind.FIELD) bytes += (node.alias ?? node.name).value.length + MEMBER_BYTES;
    else if (node.kind === Kind.INLINE_FRAGMENT) bytes += bytesOfSelections(node.selectionSet, fragments, spread);
    else if (!spread.has(node.name.value)) {
      spread.add(node.name.value);
      bytes += bytesOfSelections(fragments[node.name.value]?.selectionSet, fragments, spread);
    }
  }
  return bytes;
}
