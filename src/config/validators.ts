import { makeValidator } from 'envalid';

const LIST = new Intl.ListFormat('en', { type: 'disjunction' });

/** Accepts one of some words. The message of envalid's own validator does not fit the form of ours. */
export function oneOf<const Word extends string>(...words: readonly Word[]) {
  return makeValidator((text) => {
    const word = words.find((each) => each === text);
    if (word === undefined) throw new Error(LIST.format(words));
    return word;
  });
}

/** Accepts a whole number from `least` to `most`. */
export function wholeNumber(least: number, most: number) {
  return makeValidator((text) => {
    const number = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (!(number >= least && number <= most)) throw new Error(`a whole number from ${least} to ${most}`);
    return number;
  });
}

/** Accepts a port to listen on. 0: any free port. */
export const port = wholeNumber(0, 65_535);

/** Accepts a count from 1 to 9,999. */
export const fewOf = wholeNumber(1, 9_999);

/** Accepts a count from 1 to 999,999. */
export const count = wholeNumber(1, 999_999);

/** Accepts a time in milliseconds, 0 included, up to 2.7 hours. */
export const milliseconds = wholeNumber(0, 9_999_999);

/** Accepts a time in milliseconds, from 1 to 2.7 hours. */
export const someMilliseconds = wholeNumber(1, 9_999_999);

/** Settings are wrong. The message names each, what it accepts and what came. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Quotes a value without the password that a URL may hold. */
export function shown(value = ''): string {
  return JSON.stringify(value.replace(/^((?:[^:]|:(?!\/\/))*:\/\/).*@/s, '$1…@').replace(/(password=)[^&]*/gi, '$1…'));
}
