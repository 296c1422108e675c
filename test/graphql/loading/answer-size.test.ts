import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { AnswerBudget, AnswerSize } from '../../../src/graphql/loading/answer-size.js';

describe('The size of all answers', () => {
  it('never exceeds its budget, and is given back when answers end', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5), fc.nat(60_000), fc.boolean())), (steps) => {
        const most = 200_000;
        const budget = new AnswerBudget(most);
        const answers = Array.from({ length: 6 }, () => new AnswerSize(Number.POSITIVE_INFINITY, budget));
        for (const [index, bytes, ends] of steps) {
          const answer = answers[index] as AnswerSize;
          answer.add(bytes);
          if (!ends) continue;
          answer.end();
          answers[index] = new AnswerSize(Number.POSITIVE_INFINITY, budget);
        }
        for (const answer of answers) answer.end();
        expect(budget.take(most)).toBe(true);
        expect(budget.take(1)).toBe(false);
      }),
    );
  });

  it('refuses a large answer beside others, and no small one', () => {
    const budget = new AnswerBudget(1_000_000);
    const [first, second, small] = [1, 2, 3].map(() => new AnswerSize(8_000_000, budget)) as [
      AnswerSize,
      AnswerSize,
      AnswerSize,
    ];
    expect(first.add(900_000)).toBe(true);
    expect(second.load(200_000)).toBe(false);
    expect(second.isExceeded).toBe(true);
    expect(second.refuse()).toMatchObject({
      message: expect.stringContaining('Retry in a second'),
      extensions: { code: 'ANSWER_TOO_LARGE' },
    });
    expect(small.add(60_000)).toBe(true);
    first.end();
    expect(new AnswerSize(8_000_000, budget).add(900_000)).toBe(true);
  });
});
