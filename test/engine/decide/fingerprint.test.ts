import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fingerprint, tokenScope } from '../../../src/engine/decide/fingerprint.js';
import type { StartTaskContactRequest } from '../../../src/connect/start-task-contact.js';
import { NOW, request, SAMPLE } from '../../support/engine.js';

const short = fc.string({ maxLength: 3 });

const anyRequest: fc.Arbitrary<StartTaskContactRequest> = fc
  .record(
    {
      description: short,
      contactFlowId: short,
      quickConnectId: short,
      taskTemplateId: short,
      previousContactId: short,
      relatedContactId: short,
      attributes: fc.uniqueArray(fc.record({ key: short, value: short }), { selector: ({ key }) => key, maxLength: 3 }),
      references: fc.uniqueArray(fc.record({ name: short, type: fc.constantFrom('STRING', 'DATE'), value: short }), {
        selector: ({ name }) => name,
        maxLength: 3,
      }),
      scheduledTime: fc.integer({ min: 0, max: 3000 }).map((ms) => new Date(NOW + ms)),
      expiryMinutes: fc.integer({ min: 1, max: 3 }),
      createdByUserId: short,
      assignmentType: fc.constant('SELF' as const),
    },
    { requiredKeys: [] },
  )
  .chain((members) => fc.record({ name: short }).map(({ name }) => ({ ...members, instanceId: 'i', name })));

const MEMBERS = [
  'name',
  'description',
  'contactFlowId',
  'attributes',
  'references',
  'scheduledTime',
  'createdByUserId',
  'assignmentType',
] as const;

/** A request by which two that must count as the same are equal. */
function canonical(given: StartTaskContactRequest) {
  const byFirst = ([a = '']: readonly string[], [b = '']: readonly string[]) => (a < b ? -1 : 1);
  return {
    ...given,
    attributes: (given.attributes ?? []).map(({ key, value }) => [key, value]).sort(byFirst),
    references: (given.references ?? []).map(({ name, type, value }) => [name, type, value]).sort(byFirst),
    scheduledTime: given.scheduledTime && Math.floor(given.scheduledTime.getTime() / 1000),
  };
}

describe('The fingerprint of a request', () => {
  it('is equal for two requests just when they are the same', () => {
    fc.assert(
      fc.property(
        anyRequest,
        anyRequest,
        fc.array(fc.constantFrom(...MEMBERS), { maxLength: 2 }),
        (one, two, changed) => {
          // Most pairs would have nothing in common: the other is the one with few members changed, or none.
          const other = { ...one, ...Object.fromEntries(changed.map((member) => [member, two[member]])) };
          const same = isEqual(canonical(one), canonical(other));
          expect(fingerprint(one) === fingerprint(other)).toBe(same);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not depend on any order', () => {
    fc.assert(
      fc.property(anyRequest, (one) => {
        const turned = Object.fromEntries(Object.entries(one).reverse()) as unknown as StartTaskContactRequest;
        const { attributes, references } = one;
        const lists = {
          ...(attributes && { attributes: attributes.toReversed() }),
          ...(references && { references: references.toReversed() }),
        };
        expect(fingerprint({ ...turned, ...lists })).toBe(fingerprint(one));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, Partial<StartTaskContactRequest>]>([
    ['an empty description', { description: '' }],
    ['another flow source with the same id', { quickConnectId: SAMPLE.contactFlow }],
    ['a related instead of a previous contact', { relatedContactId: 'c' }],
    ['an attribute', { attributes: [{ key: 'a', value: '' }] }],
    ['a reference', { references: [{ name: 'a', type: 'STRING', value: '' }] }],
    ['a time, though it be none', { scheduledTime: new Date(Number.NaN) }],
    ['the usual expiry', { expiryMinutes: 10_080 }],
  ])('is another with %s', (_what, members) => {
    const others = [request(), request({ previousContactId: 'c' })].map(fingerprint);
    expect(others).not.toContain(fingerprint(request(members)));
  });

  it('leaves the client token out', () => {
    expect(fingerprint(request({ clientToken: 'a' }))).toBe(fingerprint(request({ clientToken: 'b' })));
  });
});

describe('The scope of a client token', () => {
  it('parts instances, operations and tokens, however they are cut', () => {
    const scopes = [
      tokenScope('i', 'o', 't'),
      tokenScope('i', 'ot', ''),
      tokenScope('io', '', 't'),
      tokenScope('i', 'o', 'T'),
      tokenScope('i","o', '', 't'),
    ];
    expect(new Set(scopes).size).toBe(scopes.length);
  });

  it('is the same for an instance and its ARN', () => {
    expect(tokenScope(SAMPLE.instanceArn, 'o', 't')).toBe(tokenScope(SAMPLE.instanceId, 'o', 't'));
  });
});

function isEqual(one: unknown, other: unknown): boolean {
  try {
    expect(one).toEqual(other);
    return true;
  } catch {
    return false;
  }
}
