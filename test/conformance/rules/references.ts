import { expect } from '@jest/globals';
import { API, DECISION, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID } from '../world.js';

const BYTES = 'API_Reference of 2026';
const ANSWER = 'A recorded answer of the service (aws-sdk-js-v3, issue 4256)';

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
  ['EMAIL', 'ana'],
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
      expect(await world.refusedAs({ references: of(type, value) })).toBe('InvalidRequestException');
    }),
  ),
  must('references/attachment', 'refuse a reference of type ATTACHMENT at creation', API, async (world) => {
    expect(await world.refusal(world.start({ references: of('ATTACHMENT', 'a') }))).toMatchObject(
      world.expected('InvalidRequestException', ['api/reference-type', ['references', 0, 'type']]),
    );
  }),
  must('references/type-first', 'refuse a type before it looks for instance and flow', ANSWER, async (world) => {
    const unknown = { instanceId: UNKNOWN_ID, contactFlowId: UNKNOWN_ID, references: of('ATTACHMENT', 'a') };
    expect(await world.refusedAs(unknown)).toBe('InvalidRequestException');
  }),
  must('references/bytes', 'take values of 4,096 bytes over all references, and no more', BYTES, async (world) => {
    const two = (length: number) => [...of('STRING', 'é'.repeat(1000), 'a'), ...of('STRING', 'v'.repeat(length), 'b')];
    // The service does not state whether names count: two bytes less are fine in either case.
    await world.start({ references: two(2094) });
    expect(await world.refusedAs({ references: two(2097) })).toBe('InvalidRequestException');
  }),
  should('references/bytes-of-names', 'count the bytes of names too', DECISION, async (world) => {
    expect(await world.refusedAs({ references: of('STRING', 'v'.repeat(4096)) })).toBe('InvalidRequestException');
  }),
  must('references/bytes-merged', 'count the references that a task has after an update', BYTES, async (world) => {
    const id = await world.start({ references: of('STRING', 'v'.repeat(3000), 'a') });
    const update = (length: number, name: string) =>
      world.connect.updateContact({ ...world.about(id), references: of('STRING', 'v'.repeat(length), name) });
    expect((await world.refusal(update(1097, 'b'))).code).toBe('InvalidRequestException');
    await update(1094, 'b');
    await update(2000, 'a');
  }),
  must('references/name-4096', 'accept a label of 4096 characters', API, async (world) => {
    const references = of('STRING', '', 'n'.repeat(4096));
    expect(await world.references(await world.start({ references }))).toEqual(references);
  }),
  must('references/name-4097', 'refuse a label of 4097 characters', API, async (world) => {
    const references = of('STRING', 'v', 'n'.repeat(4097));
    expect(await world.refusal(world.start({ references }))).toMatchObject(
      world.expected('InvalidParameterException', ['api/reference-name-length', ['references', 0, 'name']]),
    );
  }),
];
