import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuleFamily } from '../../src/connect/violation.js';
import { ConnectContactFilter } from '../../src/graphql/search/search.args.js';
import { ValidationService } from '../../src/validation/validation-service.js';
import { anyRequest, brokenRules, NOW } from '../support/requests.js';
import { sampleInput } from '../support/sample-input.js';

const service = (...families: RuleFamily[]) => new ValidationService({ families, now: () => NOW });
const everything = service('api', 'gateway', 'engine');

describe('ValidationService.validate', () => {
  it('finds nothing in good input', () => {
    expect(everything.validate(sampleInput({ name: 'Call back', contactFlowId: 'f' }), ['input'])).toEqual([]);
  });

  it('finds nothing in input without rules', () => {
    class Bare {
      readonly member = 'anything';
    }
    expect(everything.validate(new Bare(), [])).toEqual([]);
  });

  it('reports every violation at once, with its path from the path of the input', () => {
    const input = sampleInput({
      name: 'n'.repeat(513),
      taskTemplateId: '',
      attributes: [
        { key: 'constructor', value: '' },
        { key: '__proto__', value: '\0' },
        { key: 'constructor', value: '' },
      ],
      references: [
        { name: 'a', type: 'STRING', value: '' },
        { name: 'b', type: 'DATE', value: 'tomorrow' },
      ],
    });
    expect(brokenRules(everything.validate(input, ['input']))).toEqual([
      { rule: 'api/name-length', path: ['input', 'name'] },
      { rule: 'api/task-template-id-length', path: ['input', 'flow', 'taskTemplateId'] },
      { rule: 'gateway/attribute-key-unique', path: ['input', 'attributes', 2, 'key'] },
      { rule: 'gateway/storable-text', path: ['input', 'attributes', 1, 'value'] },
      { rule: 'engine/reference-date', path: ['input', 'references', 1, 'value'] },
    ]);
  });

  it('applies the limits of the service in the place of those of the reference page', () => {
    const before = (edition: 'reference' | 'service') =>
      new ValidationService({ families: ['api'], edition, now: () => NOW });
    const of = (length: number, ...sizes: readonly number[]) =>
      sampleInput({
        name: 'n'.repeat(length),
        references: sizes.map((size, index) => ({ name: `${index}`, type: 'STRING', value: 'v'.repeat(size) })),
      });
    const found = (edition: 'reference' | 'service', input: object) =>
      before(edition)
        .validate(input, [])
        .map(({ rule, limit }) => [rule, limit]);
    expect(found('reference', of(512, 2048, 2046))).toEqual([]);
    expect(found('reference', of(513, 2048, 2047))).toEqual([
      ['api/name-length', '0 to 512 characters'],
      ['api/references-bytes', 'at most 4096 UTF-8 bytes over all names and values of references'],
    ]);
    expect(found('service', of(1024, 2048, 2048))).toEqual([]);
    expect(found('service', of(1025, 2048, 2049))).toEqual([
      ['api/name-length', '0 to 1024 characters'],
      ['api/references-bytes', 'at most 4096 UTF-8 bytes over all values of references'],
    ]);
  });

  it('bounds the range of a search to 8 weeks with CONNECT_STRICT, and not otherwise', () => {
    const filter = (weeks: number, ms = 0) =>
      Object.assign(new ConnectContactFilter(), {
        timeRange: { field: 'INITIATED', from: new Date(NOW), to: new Date(NOW + weeks * 604_800_000 + ms) },
      });
    for (const edition of ['reference', 'service'] as const) {
      const found = (strict: boolean, input: object) =>
        new ValidationService({ families: ['api', 'gateway', 'engine'], edition, strict, now: () => NOW })
          .validate(input, [])
          .map(({ rule }) => rule);
      expect(found(true, filter(8))).toEqual([]);
      expect(found(true, filter(8, 1))).toEqual(['engine/search-range-length']);
      expect(found(false, filter(800))).toEqual([]);
    }
  });

  it.each<[RuleFamily[], string[]]>([
    [['api'], ['api/name-length']],
    [['gateway'], ['gateway/storable-text']],
    [['engine'], ['engine/reference-url']],
    [
      ['api', 'gateway'],
      ['api/name-length', 'gateway/storable-text'],
    ],
    [[], []],
  ])('applies the rules of the families %j', (families, rules) => {
    const references = [{ name: 'Ticket', type: 'URL', value: 'here' }];
    const input = sampleInput({ name: `${'n'.repeat(512)}\0`, references });
    expect(
      service(...families)
        .validate(input, [])
        .map(({ rule }) => rule),
    ).toEqual(rules);
  });

  it('lets nothing of the input out but short excerpts: no object, no sibling, no long value', () => {
    const input = sampleInput({
      name: `${'n'.repeat(513)}hidden`,
      description: 'hidden',
      attributes: [
        { key: `$${'k'.repeat(40)}hidden`, value: 'hidden' },
        { key: 'other', value: '\0hidden' },
      ],
      references: [{ name: 'hidden', type: 'URL', value: `${'v'.repeat(40)}hidden` }],
    });
    const violations = everything.validate(input, ['input']);
    expect(violations).toHaveLength(4);
    expect(JSON.stringify(violations)).not.toContain('hidden');
  });

  it('answers in violations only, whatever comes: five members, texts and a path', () => {
    fc.assert(
      fc.property(anyRequest, (request) => {
        for (const one of everything.validate(sampleInput(request), ['input'])) {
          const { path, ...texts } = one;
          expect(Object.keys(texts).sort()).toEqual(['actual', 'limit', 'message', 'rule']);
          expect(Object.values(texts).every((text) => typeof text === 'string' && text.isWellFormed())).toBe(true);
          expect(path.every((step) => typeof step === 'string' || typeof step === 'number')).toBe(true);
          expect(Object.getPrototypeOf(one)).toBe(Object.prototype);
          expect(one.actual.length).toBeLessThan(300);
        }
      }),
    );
  });
});

describe('ValidationService.validateSchedulable', () => {
  // 5 s of tolerance on either side: the port, whose clock counts, has the last word.
  const past = new Date(NOW - 6000);
  const far = new Date(NOW + 518_406_000);

  it.each([undefined, null, ''])('checks the time when the client token is %j', (clientToken) => {
    const checked = (scheduledTime: Date) => {
      const input = sampleInput({ name: '', scheduledTime });
      if (clientToken !== undefined) input.clientToken = clientToken;
      return brokenRules(everything.validateSchedulable(input, ['input']));
    };
    const path = ['input', 'scheduledTime'];
    expect(checked(past)).toEqual([{ rule: 'api/scheduled-time-not-past', path }]);
    expect(checked(far)).toEqual([{ rule: 'api/scheduled-time-ahead', path }]);
    for (const within of [NOW - 5000, NOW, NOW + 518_405_000]) expect(checked(new Date(within))).toEqual([]);
  });

  it.each([past, far])('leaves the time %s alone when there is a client token', (scheduledTime) => {
    expect(everything.validateSchedulable(sampleInput({ name: '', scheduledTime, clientToken: 't' }), [])).toEqual([]);
  });

  it('checks no time that is absent or null', () => {
    const input = sampleInput({ name: '' });
    expect(everything.validateSchedulable(input, [])).toEqual([]);
    input.scheduledTime = null;
    expect(everything.validateSchedulable(input, [])).toEqual([]);
  });

  it('reports what else is wrong before the time', () => {
    const input = sampleInput({ name: 'n'.repeat(513), expiryMinutes: 0, scheduledTime: past });
    expect(brokenRules(everything.validateSchedulable(input, []))).toEqual([
      { rule: 'api/name-length', path: ['name'] },
      { rule: 'api/expiry-minutes-range', path: ['expiryMinutes'] },
      { rule: 'api/scheduled-time-not-past', path: ['scheduledTime'] },
    ]);
  });

  it('asks the clock at each call', () => {
    let now = NOW;
    const moving = new ValidationService({ families: ['api'], now: () => now });
    const input = sampleInput({ name: '', scheduledTime: new Date(NOW) });
    expect(moving.validateSchedulable(input, [])).toEqual([]);
    now += 6000;
    expect(moving.validateSchedulable(input, [])).toHaveLength(1);
  });
});
