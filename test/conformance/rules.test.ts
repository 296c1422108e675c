import { describe, expect, it } from '@jest/globals';
import { RULES } from './rules.js';

describe('The rules of conformance', () => {
  it('keep their ids, names and sources', () => {
    expect(RULES.map(({ id, name, source }) => `${id}: ${name} (${source})`)).toMatchSnapshot();
  });

  it('have each an id of its own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
  });
});
