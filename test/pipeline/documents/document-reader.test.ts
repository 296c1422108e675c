import { describe, expect, it } from '@jest/globals';
import { buildSchema } from 'graphql';
import { readConfig } from '../../../src/config/config.js';
import { Admission } from '../../../src/pipeline/admission.js';
import { DocumentReader } from '../../../src/pipeline/documents/document-reader.js';
import { PersistedDocuments } from '../../../src/pipeline/documents/persisted-documents.js';
import { createFormatError } from '../../../src/pipeline/format-error.js';
import { startTestGateway } from '../../support/gateway.js';

const formatError = createFormatError(() => {
  throw new Error('Nothing is unforeseen here');
});
const { limits } = readConfig({});
const schema = buildSchema('type Query { a: String }');
const reader = () => new DocumentReader({ schema, limits, introspection: true, formatError });

describe('A refusal that is remembered', () => {
  it('is reported to each caller again: it may name the request', () => {
    let requests = 0;
    const admission = new Admission({
      schema,
      limits,
      documents: reader(),
      persisted: new PersistedDocuments(new Map()),
      onlyPersisted: false,
      formatError: (formatted, error) => {
        const reported = formatError(formatted, error);
        return { ...reported, extensions: { ...reported.extensions, request: requests } };
      },
    });
    for (const query of ['{ b }', '{ a', `{ ${'x: a '.repeat(60)} }`]) {
      const [first, second] = [1, 2].map((request) => {
        requests = request;
        return admission.admit({ query }).errors?.[0];
      });
      expect(first?.extensions?.code).toBeDefined();
      expect(first).toEqual({ ...second, extensions: { ...second?.extensions, request: 1 } });
      expect(second?.extensions?.request).toBe(2);
    }
  });
});

describe('A document', () => {
  it.each([
    ['a good one', '{ a }'],
    ['one that does not parse', '{ a'],
    ['one that is not valid', '{ b }'],
    ['one beyond a limit', `{ ${'a '.repeat(10_000)} }`],
  ])('is validated once: %s', (_what, text) => {
    const documents = reader();
    const first = documents.read(text);
    // The very same object: nothing was parsed, measured or validated for it.
    expect(documents.read(text)).toBe(first);
    expect(documents.read(`${text} `)).not.toBe(first);
  });

  it('caches no content of a refused document, and still reports where it is wrong', () => {
    const { refusals = [] } = reader().read('{\n  b\n}');
    expect(refusals).toMatchObject([
      { error: { nodes: undefined, source: undefined }, locations: [{ line: 2, column: 3 }] },
    ]);
  });

  it('keeps valid documents while others are refused', () => {
    const documents = reader();
    const first = documents.read('{ a }');
    for (let index = 0; index < 2_000; index += 1) documents.read(`{ b } # ${index}`);
    expect(documents.read('{ a }')).toBe(first);
  });

  it('bounds cached refusals by the size of their errors', () => {
    const documents = reader();
    const wrong = (name: string) => `{ ${Array.from({ length: 100 }, (_, index) => `${name}${index}`).join(' ')} }`;
    const first = documents.read(wrong('first'));
    expect(first.refusals?.length).toBeGreaterThanOrEqual(100);
    expect(documents.read(wrong('first'))).toBe(first);
    for (let index = 0; index < 25; index += 1) documents.read(wrong(`other${index}_`));
    expect(documents.read(wrong('first'))).not.toBe(first);
    const few = documents.read('{ b }');
    for (let index = 0; index < 1_000; index += 1) documents.read(`{ b } # ${index}`);
    expect(documents.read('{ b }')).toBe(few);
  });

  it('is forgotten where too many others came since', () => {
    const documents = reader();
    const first = documents.read('{ a }');
    for (let index = 0; index < 2_000; index += 1) documents.read(`{ a } # ${index}`);
    expect(documents.read('{ a }')).not.toBe(first);
  });
});

describe('A document that is too large to be remembered', () => {
  it('is executed all the same', async () => {
    await using gateway = await startTestGateway();
    const query = `{ __typename } #${' '.repeat(600_000)}`;
    for (let count = 0; count < 2; count += 1) {
      expect(await gateway.ask(query)).toEqual({ data: { __typename: 'Query' } });
    }
  });
});
