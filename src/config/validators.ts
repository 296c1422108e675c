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

/** A port to listen on; 0: any that is free. */
export const port = wholeNumber(0, 65_535);

/** How many of something that there is some of, up to some thousands. */
export const fewOf = wholeNumber(1, 9_999);

/** The same, up to a million. */
export const count = wholeNumber(1, 999_999);

/** A time, which may be none, in milliseconds: up to some hours. */
export const milliseconds = wholeNumber(0, 9_999_999);

/** A time that something must have, in milliseconds. */
export const someMilliseconds = wholeNumber(1, 9_999_999);

/** A setting is wrong. The message names it, what it takes and what came. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** What came, without the password that a URL may hold. */
export function shown(value = ''): string {
  return JSON.stringify(value.replace(/^((?:[^:]|:(?!\/\/))*:\/\/).*@/s, '$1…@').replace(/(password=)[^&]*/gi, '$1…'));
}
