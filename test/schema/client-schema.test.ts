import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse, validate, validateSchema } from 'graphql';
import { operations, possibleTypes } from '../../src/app/package-schema.js';

const text = readFileSync('schema/schema.graphql', 'utf8');
const schema = buildSchema(text);

describe('The schema for clients', () => {
  it('is valid by itself and has no trace of federation', () => {
    expect(validateSchema(schema)).toEqual([]);
    expect(text).not.toMatch(/^extend|@link|@key|@shareable|@cost|@listSize|_entities|_Any/m);
  });

  it('keeps @oneOf, which types of clients follow', () => {
    expect(text).toMatch(/input ConnectFlowSourceInput @oneOf/);
  });

  it('accepts every ready operation, except those of routers', () => {
    const { entities, ...ready } = operations();
    expect(entities).toContain('_entities');
    expect(Object.keys(ready).length).toBeGreaterThan(20);
    for (const [name, document] of Object.entries(ready)) {
      expect({ name, problems: validate(schema, parse(document)) }).toEqual({ name, problems: [] });
    }
  });

  it('lists the types of each interface for caches of clients', () => {
    expect(possibleTypes().ConnectError).toContain('ConnectNotFoundError');
  });
});
