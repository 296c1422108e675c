import { makeValidator } from 'envalid';

/** One of some words. envalid's own validator for that says what is wrong in another grammar than ours. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return makeValidator((text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new Error(words.join(', '));
    return word;
  });
}

/** A whole number within bounds, both of them included. */
export function wholeNumber(least: number, most: number) {
  return makeValidator((text) => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new Error(`a whole number from ${least} to ${most}`);
    return number;
  });
}
