import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { estimateCost } from '../../../src/pipeline/cost/estimate-cost.js';

/** Fields and weights as Apollo's and Hive's documentation of @cost and @listSize have them. */
const schema = buildSchema(`
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true) on FIELD_DEFINITION
  scalar Heavy @cost(weight: 7)
  type Query {
    book(id: ID!): Book
    books: [Book!]!
    bestsellers: [Book] @listSize(assumedSize: 5)
    newest(first: Int = 3, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    page(first: Int = 25): BookPage @listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"])
    byIds(ids: [ID!]!): [Book] @cost(weight: 5)
    search(by: Filter, any: [Filter!]): Book
    heavy: Heavy
    heavies: [Heavy!] @listSize(assumedSize: 2)
    weighed(by: Int @cost(weight: 4)): Int
    node: Node
  }
  type Mutation { add(by: Filter): Book @cost(weight: 10) }
  interface Node { id: ID }
  type BookPage { nodes: [Book] edges: [Edge!]! total: Int }
  type Edge { node: Book }
  type Book implements Node { id: ID title: String author: Author tags: [String!] reviews(keys: [ID!]): [Review!] }
  type Author @cost(weight: 3) { name: String }
  type Review { text: String }
  input Filter { title: String not: Filter all: [Filter!] size: Int @cost(weight: 2) }
`);

function costOf(query: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation');
  return estimateCost(schema, document, operation, variables);
}

describe('What a request costs', () => {
  it.each([
    ['scalars are free', '{ __typename }', 0],
    ['what has fields costs 1', '{ book(id: 1) { id title } }', 1],
    ['the weight of a type is that of its fields', '{ book(id: 1) { author { name } } }', 1 + 3],
    ['a list of scalars is free', '{ book(id: 1) { tags } }', 1],
    ['a list without a size has 10 items', '{ books { id } }', 10],
    ['a list within a list multiplies', '{ books { reviews { text } } }', 10 * (1 + 10)],
    ['a filter does not size a list', '{ book(id: 1) { reviews(keys: [1, 2]) { text } } }', 1 + 10],
    ['an assumed size', '{ bestsellers { author { name } } }', 5 * (1 + 3)],
    ['a slicing argument', '{ newest(first: 2) { id } }', 2],
    ['a slicing argument’s default', '{ newest { id } }', 3],
    ['the greatest of the slicing arguments', '{ newest(first: 2, last: 9) { id } }', 9],
    ['a slicing argument below 0', '{ newest(first: -1) { id } }', 0],
    ['sized fields below', '{ page(first: 4) { nodes { id } edges { node { id } } total } }', 1 + 4 + 4 * (1 + 1)],
    ['sized fields within a fragment', '{ page(first: 4) { ...P } } fragment P on BookPage { nodes { id } }', 1 + 4],
    ['an item for each of a list of ids', '{ byIds(ids: [1, 2, 3]) { id } }', 3 * 5],
    ['an item for a single id', '{ byIds(ids: 1) { id } }', 5],
    ['input objects cost 1 each', '{ search(by: { title: "a", not: { title: "b" } }) { id } }', 2 + 1],
    ['those of lists too', '{ search(any: [{}, {}, { all: [{}] }]) { id } }', 4 + 1],
    ['the weight of an input’s member', '{ search(by: { size: 1 }) { id } }', 1 + 2 + 1],
    ['the weight of an argument', '{ weighed(by: 1) }', 4],
    ['the weight of an argument that is not given', '{ weighed }', 0],
    ['the weight of a scalar', '{ heavy heavies }', 7 + 2 * 7],
    ['a mutation costs 10 and its field', 'mutation { add(by: {}) { id } }', 10 + 10 + 1],
    ['aliases cost each', '{ a: book(id: 1) { id } b: book(id: 1) { id } }', 2],
    ['fragments of all types are counted', '{ node { ... on Book { author { name } } ... { id } } }', 1 + 3],
    ['what is skipped is free', '{ books @skip(if: true) { id } }', 0],
    ['what is not included is free', '{ books { ... @include(if: false) { author { name } } } }', 10],
  ])('%s: %s', (_rule, query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it.each([
    ['a slicing argument', 'query ($n: Int) { newest(first: $n) { id } }', { n: 8 }, 8],
    ['its default', 'query ($n: Int = 6) { newest(first: $n) { id } }', {}, 6],
    ['nothing', 'query ($n: Int) { newest(first: $n) { id } }', {}, 3],
    ['null', 'query ($n: Int) { newest(first: $n) { id } }', { n: null }, 3],
    ['what is no number', 'query ($n: Int) { newest(first: $n) { id } }', { n: 'many' }, 10],
    ['ids', 'query ($ids: [ID!]!) { byIds(ids: $ids) { id } }', { ids: ['a', 'b'] }, 10],
    ['an input', 'query ($f: Filter) { search(by: $f) { id } }', { f: { not: {} } }, 3],
    ['an input of a wrong shape', 'query ($f: Filter) { search(by: $f) { id } }', { f: [[1], 'x', null] }, 4],
    ['a condition', 'query ($b: Boolean!) { books @include(if: $b) { id } }', { b: false }, 0],
  ])('counts variables: %s', (_what, query, variables, cost) => {
    expect(costOf(query, variables)).toBe(cost);
  });

  it('is found at once for fragments that double forty times', () => {
    const fragments = Array.from(
      { length: 40 },
      (_, index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`,
    );
    expect(costOf(`{ ...F0 } ${fragments.join('\n')} fragment F40 on Query { book(id: 1) { id } }`)).toBe(2 ** 40);
    const asked = `query ($n: Int) { ...F0 } ${fragments.join('\n')} fragment F40 on Query { newest(first: $n) { id } }`;
    expect(costOf(asked, { n: 2 })).toBe(2 ** 41);
  });

  it('is found anew for other variables of the same document', () => {
    const document = parse('query ($n: Int = 6) { newest(first: $n) { ...B } } fragment B on Book { author { name } }');
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('There is no operation');
    const costs = [{ n: 1 }, { n: 2 }, {}].map((variables) => estimateCost(schema, document, operation, variables));
    expect(costs).toEqual([4, 8, 24]);
  });
});
