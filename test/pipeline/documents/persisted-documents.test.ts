import { globSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse, print } from 'graphql';
import { hashOf } from '../../../src/pipeline/documents/document-reader.js';
import { readManifest } from '../../../src/pipeline/documents/persisted-documents.js';
import { ContactByIdDocument } from '../../generated/operations.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { operationText } from '../../support/operations.js';
import { temporaryFolder } from '../../support/process.js';

const TEXT = print(ContactByIdDocument);
const HASH = hashOf(TEXT);
const variables = { id: SAMPLE.voiceContact };
const CONTACT = { data: { connectContact: { id: SAMPLE.voiceContact } } };
const apq = (sha256Hash: unknown) => ({ persistedQuery: { version: 1, sha256Hash } });

let gateway: TestGateway;
let only: TestGateway;
beforeAll(async () => {
  [gateway, only] = await Promise.all([
    startTestGateway(),
    startTestGateway({ settings: { PERSISTED_DOCUMENTS: 'only' } }),
  ]);
});
afterAll(() => Promise.all([gateway.close(), only.close()]));

async function send(to: TestGateway, body: object) {
  return (await (await to.post(body)).json()) as { data?: unknown; errors?: { extensions: { code: string } }[] };
}
const codes = async (to: TestGateway, body: object) =>
  ((await send(to, body)).errors ?? []).map(({ extensions }) => extensions.code);

describe('A persisted document', () => {
  it.each([
    ['by automatic persisted queries', { extensions: apq(HASH) }],
    ['by documentId', { documentId: HASH }],
    ['by documentId with its algorithm', { documentId: `sha256:${HASH}` }],
    ['beside its text', { query: TEXT, extensions: apq(HASH) }],
  ])('runs by its hash, whatever the setting: %s', async (_how, named) => {
    for (const to of [gateway, only]) expect(await send(to, { ...named, variables })).toMatchObject(CONTACT);
  });

  it('reports an unknown id by the code that clients know, and lets no client add it', async () => {
    const query = '{ __typename }';
    const extensions = apq(hashOf(query));
    expect(await codes(gateway, { extensions })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
    expect(await send(gateway, { query, extensions })).toEqual({ data: { __typename: 'Query' } });
    expect(await codes(gateway, { extensions })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it.each([
    ['another text', { query: '{ __typename }', extensions: apq(HASH) }, 'BAD_REQUEST'],
    ['no text', { extensions: apq(1) }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['nothing', { extensions: { persistedQuery: {} } }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['the name of a member of all objects', { documentId: '__proto__' }, 'PERSISTED_QUERY_NOT_FOUND'],
    ['what is no text', { documentId: 1 }, 'BAD_REQUEST'],
  ])('is not taken for %s', async (_what, body, code) => {
    expect(await codes(gateway, body)).toEqual([code]);
  });

  it('is what only its letters are, with PERSISTED_DOCUMENTS=only', async () => {
    expect(await send(only, { query: TEXT, variables })).toMatchObject(CONTACT);
    for (const query of [
      '{ __typename }',
      `${TEXT} `,
      operationText('contact-by-id'),
      '{ __schema { types { name } } }',
    ]) {
      expect(await codes(only, { query, variables })).toEqual(['PERSISTED_DOCUMENT_REQUIRED']);
      expect(await codes(only, { query, variables, extensions: apq(hashOf(query)) })).toEqual([
        'PERSISTED_DOCUMENT_REQUIRED',
      ]);
    }
  });
});

describe('The manifest', () => {
  it('holds each ready operation as typed clients send it', () => {
    const { operations } = JSON.parse(readFileSync('schema/persisted-documents.json', 'utf8')) as {
      operations: { id: string; name: string; type: string; body: string }[];
    };
    expect(operations).toHaveLength(globSync('schema/operations/*.graphql').length);
    for (const { id, body } of operations) {
      expect(id).toBe(hashOf(body));
      expect(print(parse(body))).toBe(body);
    }
    expect(operations.find(({ name }) => name === 'ContactById')).toMatchObject({
      id: HASH,
      type: 'query',
      body: TEXT,
    });
  });

  it.each([
    [
      'of Apollo',
      {
        format: 'apollo-persisted-query-manifest',
        version: 1,
        operations: [{ id: 'mine', name: 'A', type: 'query', body: '{ a: __typename }' }],
      },
    ],
    ['of documents by their ids', { mine: '{ a: __typename }' }],
  ])('reads a file of your own, in the form %s', async (_form, manifest) => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'documents.json');
    await writeFile(file, JSON.stringify(manifest));
    await using own = await startTestGateway({
      settings: { PERSISTED_DOCUMENTS: 'only', PERSISTED_DOCUMENTS_FILE: file },
    });
    expect(await send(own, { documentId: 'mine' })).toEqual({ data: { a: 'Query' } });
    expect(await send(own, { query: '{ a: __typename }' })).toEqual({ data: { a: 'Query' } });
    expect(await codes(own, { documentId: HASH, variables })).toEqual(['PERSISTED_QUERY_NOT_FOUND']);
  });

  it.each(['', 'nonsense', 'null', '1', '{"a":1}', '{"operations":[{"id":"a"}]}', '{"operations":[null]}', '[1]'])(
    'ends the start with a message for an invalid manifest: %s',
    async (text) => {
      expect(() => readManifest(text)).toThrow(/^expected/);
      await using folder = await temporaryFolder();
      const file = join(folder.path, 'documents.json');
      await writeFile(file, text);
      await expect(startTestGateway({ settings: { PERSISTED_DOCUMENTS_FILE: file } })).rejects.toThrow(
        /^PERSISTED_DOCUMENTS_FILE: .*documents\.json cannot be used: expected/,
      );
    },
  );

  it('whose bytes are no UTF-8 keeps it from starting, too', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'documents.json');
    await writeFile(file, Buffer.from('{"caf\xe9":"{ __typename }"}', 'latin1'));
    await expect(startTestGateway({ settings: { PERSISTED_DOCUMENTS_FILE: file } })).rejects.toThrow(
      /^PERSISTED_DOCUMENTS_FILE: .*documents\.json cannot be used: expected UTF-8/,
    );
  });

  it('ends the start if the file is missing', async () => {
    await expect(startTestGateway({ settings: { PERSISTED_DOCUMENTS_FILE: '/nowhere/at-all.json' } })).rejects.toThrow(
      /^PERSISTED_DOCUMENTS_FILE: .*ENOENT/,
    );
  });
});
