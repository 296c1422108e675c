import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import type { RuleFamily, Violation } from '../../src/connect/violation.js';
import { Conforms } from '../../src/validation/conforms.js';
import { finding, NO_FINDINGS, type Rule } from '../../src/validation/rule.js';
import { checkMembers, startTaskContactRules } from '../../src/validation/requests/start-task-contact.js';
import { ValidationService } from '../../src/validation/validation-service.js';
import { anyRequest, NOW } from '../support/requests.js';
import { SampleInput, sampleInput, withoutNesting } from '../support/sample-input.js';

const service = (...families: RuleFamily[]) => new ValidationService({ families, now: () => NOW });
const everything = service('api', 'gateway', 'engine');

/** Violations in an order of their own, whatever order they were found in. */
const sorted = (violations: readonly Violation[]) => violations.map((one) => JSON.stringify(one)).sort();

describe('Conforms', () => {
  it('finds in a decorated input what checkMembers finds in the request that says the same', () => {
    const families = fc.subarray<RuleFamily>(['api', 'gateway', 'engine']);
    const absent = fc.constantFrom(null, undefined);
    fc.assert(
      fc.property(anyRequest, families, absent, (request, chosen, nothing) => {
        const found = service(...chosen).validate(sampleInput(request, nothing), []);
        const flat = found.map((violation) => ({ ...violation, path: withoutNesting(violation.path) }));
        expect(sorted(flat)).toEqual(sorted(checkMembers(request, chosen)));
      }),
      { numRuns: 500 },
    );
  });

  it('puts each rule into the group of its family, or each edition into one of its own', () => {
    const metadata = getMetadataStorage().getTargetValidationMetadatas(SampleInput, '', false, false);
    const groups = metadata.filter(({ propertyName }) => propertyName === 'references').map(({ groups }) => groups);
    expect(groups).toEqual(
      startTaskContactRules.references.flatMap(({ id, ofService }) => {
        const family = id.split('/')[0];
        return ofService === undefined ? [[family]] : [[`${family} reference`], [`${family} service`]];
      }),
    );
  });

  it('asks nothing of what is absent or null', () => {
    const never: Rule<string> = {
      id: 'api/never',
      limit: 'nothing',
      source: 'a test',
      check: () => finding('something'),
    };
    class Sample {
      @Conforms([never])
      member?: string | null;
    }
    const checked = (member?: string | null) => everything.validate(Object.assign(new Sample(), { member }), []);
    expect(checked()).toEqual([]);
    expect(checked(null)).toEqual([]);
    expect(checked('')).toHaveLength(1);
  });

  it('keeps rules of one id apart, wherever on a property they are bound', () => {
    const has = (text: string): Rule<string> => ({
      id: 'api/has',
      limit: `a text with ${text}`,
      source: 'a test',
      check: (value) => (value.includes(text) ? NO_FINDINGS : finding(JSON.stringify(value))),
    });
    class Sample {
      @Conforms([has('a'), has('b')])
      @Conforms([has('c'), has('d')])
      member!: string;
    }
    const limits = (member: string) =>
      everything.validate(Object.assign(new Sample(), { member }), []).map(({ limit }) => limit.at(-1));
    expect(limits('').sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(limits('bcd')).toEqual(['a']);
    expect(limits('acd')).toEqual(['b']);
    expect(limits('abd')).toEqual(['c']);
    expect(limits('abc')).toEqual(['d']);
  });

  it('reports what is wrong with names and with values of references, both', () => {
    const input = sampleInput({ name: '', references: [{ name: 'a\0', type: 'STRING', value: '\ud800' }] });
    expect(everything.validate(input, []).map(({ path }) => path)).toEqual([
      ['references', 0, 'name'],
      ['references', 0, 'value'],
    ]);
  });
});

describe('ConformsInside', () => {
  it('puts the name of the nested object into the path', () => {
    const input = sampleInput({ name: '', contactFlowId: '', previousContactId: '' });
    expect(everything.validate(input, ['input']).map(({ path }) => path)).toEqual([
      ['input', 'flow', 'contactFlowId'],
      ['input', 'link', 'previousContactId'],
    ]);
  });

  it.each([null, undefined])('asks nothing of a nested object that is %s', (absent) => {
    expect(everything.validate(Object.assign(sampleInput({ name: '' }), { link: absent }), [])).toEqual([]);
  });
});
