import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuleFamily } from '../../../src/connect/violation.js';
import { checkMembers, checkSchedule, checkCombination } from '../../../src/validation/requests/start-task-contact.js';
import { anyRequest, brokenRules, corruption, goodRequest, NOW } from '../../support/requests.js';

const minimal = { instanceId: 'i', name: 'n', contactFlowId: 'f' };

describe('checkMembers', () => {
  it('finds nothing in a request of valid parts', () => {
    fc.assert(
      fc.property(goodRequest, (request) => {
        expect(checkMembers(request)).toEqual([]);
        expect(checkCombination(request, NOW, 6)).toEqual([]);
      }),
    );
  });

  it('finds in one bad member exactly what is wrong with it', () => {
    fc.assert(
      fc.property(goodRequest, corruption, (request, { patch, expected }) => {
        expect(brokenRules(checkMembers({ ...request, ...patch }))).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds in several bad members what it finds in each of them', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        const alone = Object.entries(request).flatMap(([member, value]) =>
          checkMembers({ ...minimal, ...{ [member]: value } }),
        );
        expect(new Set(checkMembers(request))).toEqual(new Set(alone));
      }),
    );
  });

  it('reports all violations at once, each with rule, path, limit and actual', () => {
    const violations = checkMembers({
      instanceId: '',
      name: 'n'.repeat(513),
      contactFlowId: '',
      attributes: [
        { key: 'ok', value: '\0' },
        { key: 'a.b', value: '' },
      ],
      references: [{ name: 'Ticket', type: 'URL', value: 'example.com' }],
      expiryMinutes: 0,
    });
    expect(violations.map(({ rule, path, limit, actual }) => [rule, path.join('.'), limit, actual])).toEqual([
      ['api/instance-id-length', 'instanceId', '1 to 100 characters', '0 characters'],
      ['api/name-length', 'name', '0 to 512 characters', '513 characters'],
      ['gateway/id-not-empty', 'contactFlowId', 'an id, or no field at all', 'an empty text'],
      ['api/attribute-key-alphabet', 'attributes.1.key', 'letters A to Z and a to z, digits, - and _', '"a.b"'],
      [
        'gateway/storable-text',
        'attributes.0.value',
        'text without U+0000 and without lone surrogates',
        'U+0000 at index 0',
      ],
      ['engine/reference-url', 'references.0.value', 'an absolute http or https URL', '"example.com"'],
      ['api/expiry-minutes-range', 'expiryMinutes', '1 to 129600 whole minutes', '0 minutes'],
    ]);
  });

  it('says limit and actual in a sentence', () => {
    expect(checkMembers({ ...minimal, name: 'n'.repeat(513) })).toEqual([
      expect.objectContaining({ message: 'Expected 0 to 512 characters, but got 513 characters.' }),
    ]);
  });

  it('applies the rules of the families that are asked for, and of all when none is named', () => {
    const families = fc.subarray<RuleFamily>(['api', 'gateway', 'engine']);
    fc.assert(
      fc.property(anyRequest, families, (request, chosen) => {
        const all = checkMembers(request);
        expect(checkMembers(request, chosen)).toEqual(
          all.filter(({ rule }) => chosen.some((family) => rule.startsWith(`${family}/`))),
        );
      }),
    );
  });

  it('leaves to others what members say together, and the time', () => {
    const contradictory = {
      ...minimal,
      quickConnectId: 'q',
      previousContactId: 'p',
      relatedContactId: 'r',
      scheduledTime: new Date(0),
    };
    expect(checkMembers(contradictory)).toEqual([]);
  });

  it('stands a list with very many bad items', () => {
    const attributes = Array.from({ length: 200_000 }, () => ({ key: '.', value: '' }));
    const violations = checkMembers({ ...minimal, attributes }, ['api']);
    expect(violations.filter(({ rule }) => rule === 'api/attribute-key-alphabet')).toHaveLength(200_000);
  });
});

describe('checkCombination', () => {
  const sources = ['contactFlowId', 'quickConnectId', 'taskTemplateId'] as const;
  const combinations = Array.from({ length: 8 }, (_, bits) => sources.filter((_, bit) => bits & (1 << bit)));

  it.each(combinations.map((given) => ({ given })))('checks the flow sources $given', ({ given }) => {
    const request = { instanceId: 'i', name: 'n', ...Object.fromEntries(given.map((source) => [source, 'x'])) };
    expect(brokenRules(checkCombination(request, NOW, 6))).toEqual(
      given.length === 1 ? [] : [{ rule: 'api/exactly-one-flow-source', path: [] }],
    );
  });

  it.each([
    [{}, []],
    [{ previousContactId: 'p' }, []],
    [{ relatedContactId: 'r' }, []],
    [{ previousContactId: 'p', relatedContactId: 'r' }, [{ rule: 'api/only-one-link', path: [] }]],
  ])('checks the links %j', (link, expected) => {
    expect(brokenRules(checkCombination({ ...minimal, ...link }, NOW, 6))).toEqual(expected);
  });

  it('checks the scheduled time by the clock that it is given', () => {
    const scheduledTime = new Date(NOW);
    const at = (now: number) => brokenRules(checkCombination({ ...minimal, scheduledTime }, now, 6));
    expect(at(NOW)).toEqual([]);
    expect(at(NOW + 1000)).toEqual([{ rule: 'api/scheduled-time-not-past', path: ['scheduledTime'] }]);
    expect(at(NOW - 518_401_000)).toEqual([{ rule: 'api/scheduled-time-ahead', path: ['scheduledTime'] }]);
  });

  it('reports all contradictions at once, in sentences', () => {
    const wrong = {
      instanceId: 'i',
      name: 'n',
      previousContactId: 'p',
      relatedContactId: 'r',
      scheduledTime: new Date(0),
    };
    expect(checkCombination(wrong, NOW, 6).map(({ message }) => message)).toEqual([
      'Expected exactly one of ContactFlowId, QuickConnectId and TaskTemplateId, but got none of them.',
      'Expected at most one of PreviousContactId and RelatedContactId, but got both.',
      'Expected a time that is not before 2026-06-01T12:00:00.000Z, but got 1970-01-01T00:00:00.000Z.',
    ]);
  });
});

describe('checkSchedule', () => {
  it('checks a time alone, as checkCombination does within a request', () => {
    fc.assert(
      fc.property(fc.date({ noInvalidDate: false }), (scheduledTime) => {
        expect(checkSchedule(scheduledTime, NOW, 6)).toEqual(checkCombination({ ...minimal, scheduledTime }, NOW, 6));
      }),
    );
    expect(brokenRules(checkSchedule(new Date(0), NOW, 6))).toEqual([
      { rule: 'api/scheduled-time-not-past', path: ['scheduledTime'] },
    ]);
  });
});
