import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { RuleFamily, Violation } from '../../src/connect/violation.js';
import { withCompiledPlan } from '../../src/validation/compiled-plan.js';
import { Conforms, ConformsInside, type RuleChoice } from '../../src/validation/conforms.js';
import { classValidator, type InputValidator } from '../../src/validation/input-validator.js';
import type { Edition } from '../../src/validation/rule.js';
import { lengthRule, storableText } from '../../src/validation/rules/text.js';
import { flawedText, text } from '../support/arbitraries.js';
import { anyRequest } from '../support/requests.js';
import { sampleInput } from '../support/sample-input.js';

const choices: fc.Arbitrary<RuleChoice> = fc.record({
  families: fc.subarray<RuleFamily>(['api', 'gateway', 'engine']),
  edition: fc.constantFrom<Edition>('reference', 'service'),
  strict: fc.boolean(),
});
const short = (id: `${RuleFamily}/${string}`, max: number) => lengthRule(id, { min: 1, max }, 'a test');

class Leaf {
  @Conforms([short('api/leaf-length', 3), storableText])
  label?: string | null;
}

class Base {
  @Conforms([short('api/base-length', 3)])
  inherited?: string | null;

  @Conforms([short('engine/overridden-length', 3)])
  overridden?: string | null;
}

/** An input with what the gateway's own inputs have in part: inheritance, a nested input, a list of them. */
class Tree extends Base {
  @Conforms([short('gateway/own-length', 2)])
  override overridden?: string | null;

  @ConformsInside()
  leaf?: Leaf | null;

  @ConformsInside()
  leaves?: readonly (Leaf | null)[] | null;
}

const word = fc.option(fc.oneof(text(0, 5), flawedText), { freq: 4, nil: null });
const leaf = word.map((label) => Object.assign(new Leaf(), { label }));
const tree = fc
  .record(
    {
      inherited: word,
      overridden: word,
      leaf: fc.option(leaf),
      leaves: fc.option(fc.array(fc.option(leaf), { maxLength: 4 })),
    },
    { requiredKeys: [] },
  )
  .map((members) => Object.assign(new Tree(), members));

/** An input that satisfies the rules, an input with several violations, and one with nested inputs. */
const anyInput: fc.Arbitrary<object> = fc.oneof(
  anyRequest.map((request) => sampleInput(request)),
  anyRequest.map((request) => sampleInput(request, null)),
  tree,
);

/** A validator that stands for every refusal, so that a test sees which inputs reach the reference. */
const REFUSED: readonly Violation[] = [
  { rule: 'api/refused', path: [], limit: 'nothing', actual: 'something', message: 'Refused.' },
];
const refuse: InputValidator = () => REFUSED;

describe('withCompiledPlan', () => {
  it('reports the violations that class-validator reports, in the same order', () => {
    fc.assert(
      fc.property(anyInput, choices, (input, chosen) => {
        const reference = classValidator(chosen);
        expect(withCompiledPlan(chosen, reference)(input, ['input'])).toEqual(reference(input, ['input']));
      }),
      { numRuns: 1000 },
    );
  });

  it('passes an input on to the reference if, and only if, the input has a violation', () => {
    const chosen: RuleChoice = { families: ['api', 'gateway', 'engine'] };
    const plan = withCompiledPlan(chosen, refuse);
    const reference = classValidator(chosen);
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(plan(input, [])).toEqual(reference(input, []).length === 0 ? [] : REFUSED);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('classValidator', () => {
  it('states the index of an item of a list as a number', () => {
    const leaves = [new Leaf(), null, Object.assign(new Leaf(), { label: 'long' })];
    const violations = classValidator({ families: ['api'] })(Object.assign(new Tree(), { leaves }), ['input']);
    expect(violations.map(({ rule, path }) => ({ rule, path }))).toEqual([
      { rule: 'api/leaf-length', path: ['input', 'leaves', 2, 'label'] },
    ]);
  });

  it('reports the own violations of a property before those of its nested inputs, property by property', () => {
    const leaf = Object.assign(new Leaf(), { label: '\0\0\0\0' });
    const input = Object.assign(new Tree(), { inherited: 'long', overridden: 'long', leaf, leaves: [leaf] });
    const violations = classValidator({ families: ['api', 'gateway', 'engine'] })(input, []);
    expect(violations.map(({ rule, path }) => [rule, ...path])).toEqual([
      ['gateway/own-length', 'overridden'],
      ['api/leaf-length', 'leaf', 'label'],
      ['gateway/storable-text', 'leaf', 'label'],
      ['api/leaf-length', 'leaves', 0, 'label'],
      ['gateway/storable-text', 'leaves', 0, 'label'],
      ['api/base-length', 'inherited'],
    ]);
  });
});
