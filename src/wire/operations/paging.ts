import type { PageRequest } from '../../connect/call.js';
import { given } from '../../util/given.js';
import { invalidParameter } from '../wire-error.js';

/** Query members of a paged list. */
export const PAGING = {
  NextToken: { type: 'string', in: 'query', wireName: 'nextToken' },
  MaxResults: { type: 'integer', in: 'query', wireName: 'maxResults' },
} as const;

/** Converts the query members to the port's page. */
export function pageOf(input: { readonly NextToken?: string; readonly MaxResults?: number }): PageRequest {
  return given({ nextToken: input.NextToken, maxResults: input.MaxResults });
}

/**
 * Reads values of an enumeration.
 *
 * @throws WireError InvalidParameterException for any other
 */
export function wordsOf<const Word extends string>(
  name: string,
  words: readonly Word[],
  values: readonly string[] | undefined,
): readonly Word[] | undefined {
  return values?.map((value) => {
    const word = words.find((one) => one === value);
    if (word === undefined) throw invalidParameter(`${name}: only ${words.join(', ')}.`);
    return word;
  });
}
