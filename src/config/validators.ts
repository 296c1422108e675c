import { isIP } from 'node:net';
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

/** Accepts a part of a whole: above 0, up to 1, in thousandths at most. */
export const share = makeValidator((text) => {
  const part = /^(?:0?\.\d{1,3}|0|1(?:\.0{1,3})?)$/.test(text) ? Number(text) : Number.NaN;
  if (!(part > 0 && part <= 1)) throw new Error('a number above 0 and up to 1, such as 0.5');
  return part;
});

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

/** Accepts an address or a host name to listen on. An IPv6 address may stand in brackets. */
export const host = makeValidator((text) => {
  const name = text.startsWith('[') && text.endsWith(']') && text.includes(':') ? text.slice(1, -1) : text;
  const labels = name.split('.');
  // A name that ends in a number is an IPv4 address in one of its short forms, such as 0 for all addresses.
  const isName = labels.every((label) => /^[a-z\d_-]{1,63}$/i.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
  if (isIP(name) === 0 && !isName) throw new Error('an IP address or a host name, without port');
  return name;
});

/** Settings are wrong. The message names each, what it accepts and what came. */
export class ConfigError extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** A value is wrong and may hold a secret, so that no message shows any of it. The message states what the setting accepts. */
export class HiddenValueError extends Error {}

/** States that a setting has a wrong value: what it accepts, and what it got unless that may hold a secret. */
export function wrongValue(name: string, value: string | undefined, error: Error): string {
  const got =
    error instanceof HiddenValueError ? 'a value that is not shown, since it may hold a password' : shown(value);
  return `${name}: expected ${error.message}, but got ${got}.`;
}

/** A URL without a place for a secret: no @, query or fragment, and after a colon only slashes or a port. */
const PLAIN_URL = /^(?:[^@?#:]|:(?=\/|\d{1,5}(?:[/,]|$)))*$/;

/**
 * Quotes a value for a message. User, password, query and fragment of a URL may be secrets, in a malformed one anything may
 * be: unless a URL has no place for one, its scheme alone is shown. Of other texts those with an @ are not shown.
 */
export function shown(value = ''): string {
  const [scheme = ''] = /^[a-z][a-z\d+.-]*:\/\//i.exec(value) ?? [];
  const isHidden = value.includes('@') || (scheme !== '' && !PLAIN_URL.test(value));
  return JSON.stringify(isHidden ? `${scheme}…` : value);
}

const HTTP_URL = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#@\\]*)?$/i;

/**
 * Accepts an http:// or https:// URL without user, password, query and fragment, because the URL is printed at the start, and
 * the programs that it is passed to treat these parts differently.
 */
export const httpUrl = makeValidator((text) => {
  if (HTTP_URL.test(text) && URL.canParse(text)) return text;
  const Refusal = PLAIN_URL.test(text) ? Error : HiddenValueError;
  throw new Refusal('an http:// or https:// URL without user, password and query');
});
