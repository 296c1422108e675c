import { expect } from '@jest/globals';
import { API, DECISION, must, type Rule, should } from '../rule.js';

const of = (type: string, value: string, name = 'Label') => [{ name, type, value }];

const TAKEN = [
  ['URL', 'https://example.com/1'],
  ['NUMBER', '-12.50'],
  ['STRING', ''],
  ['DATE', '1893456000'],
  ['EMAIL', 'someone@example.com'],
] as const;

const REFUSED = [
  ['URL', 'example.com'],
  ['NUMBER', 'twelve'],
  ['DATE', 'tomorrow'],
  ['EMAIL', 'nobody'],
] as const;

/** Labelled values that agents see. */
export const referenceRules: readonly Rule[] = [
  ...TAKEN.map(([type, value]) =>
    must(`references/${type.toLowerCase()}`, `take a reference of type ${type}`, API, async (world) => {
      await world.start({ references: of(type, value) });
    }),
  ),
  ...REFUSED.map(([type, value]) =>
    should(`references/${type.toLowerCase()}-format`, `refuse "${value}" as a ${type}`, DECISION, async (world) => {
      expect(await world.refusedAs({ references: of(type, value) })).toBe('InvalidParameterException');
    }),
  ),
  must('references/attachment', 'refuse a reference of type ATTACHMENT at creation', API, async (world) => {
    expect(await world.refusal(world.start({ references: of('ATTACHMENT', 'a') }))).toMatchObject(
      world.expected('InvalidParameterException', ['api/reference-type', ['references', 0, 'type']]),
    );
  }),
  must('references/name-4096', 'accept a label of 4096 characters', API, async (world) => {
    const references = of('STRING', 'v', 'n'.repeat(4096));
    expect(await world.references(await world.start({ references }))).toEqual(references);
  }),
  must('references/name-4097', 'refuse a label of 4097 characters', API, async (world) => {
    const references = of('STRING', 'v', 'n'.repeat(4097));
    expect(await world.refusal(world.start({ references }))).toMatchObject(
      world.expected('InvalidParameterException', ['api/reference-name-length', ['references', 0, 'name']]),
    );
  }),
];
