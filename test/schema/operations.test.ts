import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Kind, parse } from 'graphql';

const folder = new URL('../../schema/operations/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = (end: string) =>
  readdirSync(folder)
    .filter((file) => file.endsWith(end))
    .map((file) => file.slice(0, -end.length));

const operations = names('.graphql');
const pascalCase = (name: string) => name.replace(/(?:^|-)(\w)/g, (_dash, letter: string) => letter.toUpperCase());

describe('schema/operations', () => {
  it('are all shown by the tour, each once', () => {
    const tour = JSON.parse(read('tour.json')) as { operations: string[] }[];
    expect(tour.flatMap((topic) => topic.operations).sort()).toEqual([...operations].sort());
  });

  it('have variables each', () => {
    expect(names('.variables.json').sort()).toEqual([...operations].sort());
  });

  it.each(operations)('%s explains itself, and holds one operation of its own name', (name) => {
    const text = read(`${name}.graphql`);
    expect(text).toMatch(/^# \w/);
    expect(parse(text).definitions).toEqual([
      expect.objectContaining({
        kind: Kind.OPERATION_DEFINITION,
        name: expect.objectContaining({ value: pascalCase(name) }),
      }),
    ]);
  });

  it.each(operations)('%s declares the variables that it is given', (name) => {
    const [definition] = parse(read(`${name}.graphql`)).definitions;
    const declared = definition && 'variableDefinitions' in definition ? (definition.variableDefinitions ?? []) : [];
    const given = Object.keys(JSON.parse(read(`${name}.variables.json`)) as object);
    expect(declared.map((variable) => variable.variable.name.value)).toEqual(given);
  });
});
