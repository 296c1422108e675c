import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  type DirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  print,
} from 'graphql';

const contract = parse(readFileSync('test/graphql/contract.graphql', 'utf8'));
const subgraph = parse(readFileSync('schema/subgraph.graphql', 'utf8'));

type Named = DefinitionNode & { readonly name: { readonly value: string } };
const isNamed = (definition: DefinitionNode): definition is Named => 'name' in definition && definition.name != null;
const byName = new Map(subgraph.definitions.filter(isNamed).map((definition) => [definition.name.value, definition]));

/** A definition as a set of facts, each a line: what it must hold and may exceed. */
function factsOf(definition: Named): string[] {
  const name = definition.name.value;
  const facts = [`${definition.kind} ${name}`, ...directives(name, definition)];
  if ('interfaces' in definition) {
    facts.push(...(definition.interfaces ?? []).map((type) => `${name} implements ${type.name.value}`));
  }
  if ('fields' in definition) {
    for (const field of definition.fields ?? []) facts.push(...factsOfField(`${name}.${field.name.value}`, field));
  }
  if (definition.kind === Kind.ENUM_TYPE_DEFINITION) {
    facts.push(...(definition.values ?? []).map((value) => `${name} has ${value.name.value}`));
  }
  return facts;
}

function factsOfField(place: string, field: FieldDefinitionNode | InputValueDefinitionNode): string[] {
  const facts = [`${place}: ${print(field.type)}`, ...directives(place, field)];
  if ('defaultValue' in field && field.defaultValue) facts.push(`${place} = ${print(field.defaultValue)}`);
  for (const argument of ('arguments' in field && field.arguments) || []) {
    facts.push(...factsOfField(`${place}(${argument.name.value})`, argument));
  }
  return facts;
}

function directives(place: string, node: { readonly directives?: readonly DirectiveNode[] | undefined }): string[] {
  return (node.directives ?? []).map((directive) => `${place} ${print(directive)}`);
}

describe('The schema holds the contract', () => {
  it.each(contract.definitions.filter(isNamed).map((definition) => [definition.name.value, definition] as const))(
    '%s: names, types, nullability, arguments, defaults and directives',
    (name, expected) => {
      const actual = byName.get(name);
      expect(actual).toBeDefined();
      expect(factsOf(actual as Named)).toEqual(expect.arrayContaining(factsOf(expected)));
    },
  );

  it('is a subgraph of federation 2.9', () => {
    const link = subgraph.definitions.find((definition) => definition.kind === Kind.SCHEMA_EXTENSION);
    expect(print(link as DefinitionNode)).toContain('https://specs.apollo.dev/federation/v2.9');
  });
});

describe('Every part of the schema is described', () => {
  const parts = [...byName.values()]
    .flatMap(partsOf)
    .filter(([place]) => !['Query', 'Mutation', 'Subscription'].includes(place));

  it.each(parts)('%s', (_place, description) => {
    expect(description?.trim()).toBeTruthy();
  });
});

describe('An error of Connect is reported with its source', () => {
  const reported = [
    'ConnectContact',
    'ConnectContactChain',
    'ConnectAttribute',
    'ConnectReference',
    'ConnectTag',
    'ConnectQueue',
    'ConnectUser',
    'ConnectContactFlow',
    'ConnectQuickConnect',
    'ConnectTaskTemplate',
    'ConnectTaskTemplateField',
  ];
  const fields = reported.flatMap((name) => partsOf(byName.get(name) as Named).slice(1));

  it.each(fields.filter(([place]) => !place.includes('(')))('%s', (_place, description) => {
    expect(description).toMatch(/ Source: \S.*\.$/s);
  });
});

type Part = [place: string, description: string | undefined];

function partsOf(definition: Named): Part[] {
  const name = definition.name.value;
  const members = [
    ...('fields' in definition ? (definition.fields ?? []) : []),
    ...('values' in definition ? (definition.values ?? []) : []),
  ];
  const parts: Part[] = [[name, 'description' in definition ? definition.description?.value : undefined]];
  for (const member of members) {
    const place = `${name}.${member.name.value}`;
    parts.push([place, member.description?.value]);
    for (const argument of ('arguments' in member && member.arguments) || []) {
      parts.push([`${place}(${argument.name.value})`, argument.description?.value]);
    }
  }
  return parts;
}
