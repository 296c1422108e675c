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

/** A port to listen on. */
export const port = makeValidator((text) => {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) throw new Error('a port from 0 to 65535');
  return Number(text);
});

/** How many of something that there is some of, up to some thousands. */
export const fewOf = makeValidator((text) => {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new Error('a whole number, at least 1');
  return Number(text);
});

/** The same, up to a million. */
export const count = makeValidator((text) => {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new Error('a number from 1 to 999999');
  return Number(text);
});

/** A time, which may be none. */
export const milliseconds = makeValidator((text) => {
  if (!/^\d{1,7}$/.test(text)) throw new Error('whole milliseconds');
  return Number(text);
});

/** A time that something must have. */
export const someMilliseconds = makeValidator((text) => {
  if (!/^0*[1-9]\d{0,6}$/.test(text)) throw new Error('whole milliseconds, at least 1');
  return Number(text);
});
