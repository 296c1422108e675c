import { describe, expect, it } from '@jest/globals';
import { responseType } from '../../src/http/negotiation.js';

const JSON_TYPE = 'application/json';
const GRAPHQL_RESPONSE = 'application/graphql-response+json';

describe('responseType', () => {
  it.each([
    ['nothing, which means anything', undefined, JSON_TYPE],
    ['an empty list, which means the same', '', JSON_TYPE],
    ['anything', '*/*', JSON_TYPE],
    ['any application type', 'application/*', JSON_TYPE],
    ['the type for GraphQL', GRAPHQL_RESPONSE, GRAPHQL_RESPONSE],
    ['it in other letters and with a parameter', 'Application/GraphQL-Response+JSON;charset=utf-8', GRAPHQL_RESPONSE],
    ['the first of two equals', `${GRAPHQL_RESPONSE}, ${JSON_TYPE}`, GRAPHQL_RESPONSE],
    ['the first of two equals, the other way', `${JSON_TYPE}, ${GRAPHQL_RESPONSE}`, JSON_TYPE],
    ['the one of higher quality', `${JSON_TYPE};q=0.5, ${GRAPHQL_RESPONSE};q=0.6`, GRAPHQL_RESPONSE],
    ['the one that is named before one that is covered', `*/*, ${GRAPHQL_RESPONSE}`, GRAPHQL_RESPONSE],
    ['one below anything else', `${GRAPHQL_RESPONSE};q=0.1, */*`, JSON_TYPE],
    ['anything but plain JSON', `${JSON_TYPE};q=0, */*`, GRAPHQL_RESPONSE],
    ['HTML, or else anything, as a browser does', 'text/html, */*;q=0.8', JSON_TYPE],
    ['neither', 'text/html', undefined],
    ['nothing at all', '*/*;q=0', undefined],
    ['nonsense', ',;q=,=;', undefined],
    ['a quality that is no number', `${JSON_TYPE};q=high`, undefined],
  ])('negotiates a media type for %s', (_what, accept, type) => {
    expect(responseType(accept)).toBe(type);
  });
});

describe('A header accept of 16 KB', () => {
  it('is read at its beginning alone', () => {
    const ranges = 'text/csv,'.repeat(1_700);
    expect(responseType(`${GRAPHQL_RESPONSE}, ${ranges}`)).toBe(GRAPHQL_RESPONSE);
    expect(responseType(`${ranges}${GRAPHQL_RESPONSE}`)).toBeUndefined();
  });
});
