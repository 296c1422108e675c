import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type InputObjectTypeDefinitionNode, Kind, parse, print } from 'graphql';

const inputs = parse(readFileSync('schema/subgraph.graphql', 'utf8')).definitions.filter(
  (definition): definition is InputObjectTypeDefinitionNode => definition.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION,
);
const oneOf = inputs
  .filter(({ directives }) => directives?.some(({ name }) => name.value === 'oneOf'))
  .map(({ name }) => name.value);

describe('The exactly-one rule is stated, since GraphiQL does not complete such inputs', () => {
  it.each(oneOf)('states it in the description of %s', (name) => {
    const input = inputs.find((one) => one.name.value === name);
    expect(input?.description?.value).toMatch(/exactly one/i);
  });

  const places = inputs.flatMap(({ name, fields = [] }) =>
    fields
      .filter(({ type }) => oneOf.includes(print(type).replace(/[[\]!]/g, '')))
      .map((field) => [`${name.value}.${field.name.value}`, field.description?.value] as const),
  );
  it.each(places)('states it where the input is accepted: %s', (_place, description) => {
    expect(description).toMatch(/exactly one/i);
  });

  it('holds for five inputs, four of them inside of others', () => {
    expect([oneOf.length, places.length]).toEqual([5, 4]);
  });
});
