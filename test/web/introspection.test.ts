import { describe, expect, it } from '@jest/globals';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildClientSchema,
  graphqlSync,
  type IntrospectionQuery,
  isInputObjectType,
  parse,
  validateSchema,
} from 'graphql';
import { readFileSync } from 'node:fs';
import { forReaders, introspectionQuery } from '../../web/introspection.js';

const subgraph = buildSubgraphSchema(parse(readFileSync('schema/subgraph.graphql', 'utf8')));
const result = graphqlSync({ schema: subgraph, source: introspectionQuery }) as unknown as { data: IntrospectionQuery };
const schema = buildClientSchema(forReaders(result).data as IntrospectionQuery);

describe('The schema in the documentation', () => {
  it('is valid, and begins with its purpose', () => {
    expect(validateSchema(schema)).toEqual([]);
    expect(schema.description).toMatch(/^Creates and follows \*\*task contacts of Amazon Connect/);
  });

  it('holds nothing that federation adds', () => {
    const names = [...Object.keys(schema.getTypeMap()), ...Object.keys(schema.getQueryType()?.getFields() ?? {})];
    expect(names.filter((name) => /^_[A-Za-z]|federation|link__/.test(name))).toEqual([]);
    expect(
      schema
        .getDirectives()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['deprecated', 'include', 'oneOf', 'skip', 'specifiedBy']);
  });

  it('keeps which inputs take exactly one member', () => {
    const type = schema.getType('ConnectFlowSourceInput');
    expect(isInputObjectType(type) && type.isOneOf).toBe(true);
  });

  it('is the refusal itself if the gateway returned no schema', () => {
    const refusal = { errors: [{ message: 'Sign in.' }] };
    expect(forReaders(refusal)).toBe(refusal);
  });
});
