import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clientMessage } from '../../src/pipeline/client-message.js';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

interface Sent {
  readonly query?: string;
  readonly variables?: object;
  readonly operationName?: string;
  readonly documentId?: string;
}

/** Sends a request, and measures the processor time until it is answered. */
async function send(body: Sent, headers: Readonly<Record<string, string>> = {}) {
  const text = JSON.stringify(body);
  const before = process.cpuUsage();
  const response = await gateway.post(text, { accept: 'application/graphql-response+json', ...headers });
  const { user, system } = process.cpuUsage(before);
  const { errors = [] } = (await response.json()) as { errors?: { message: string; extensions: { code: string } }[] };
  return {
    status: response.status,
    codes: errors.map(({ extensions }) => extensions.code),
    errors,
    ms: (user + system) / 1000,
  };
}

const create = (input: object): Sent => ({ query: mutation('id'), variables: { input } });

describe('A request whose error quotes a text of the client', () => {
  const quoted: readonly (readonly [string, Sent, string])[] = [
    ['a key of 4,000 quotes', create({ [`${'\\"'.repeat(4_000)}\\\n`]: 1 }), 'BAD_USER_INPUT'],
    ['a key of 16,000 quotes', create({ [`${'\\"'.repeat(16_000)}\\\n`]: 1 }), 'BAD_USER_INPUT'],
    ['a key of 250,000 quotes', create({ [`${'\\"'.repeat(250_000)}\\\n`]: 1 }), 'BAD_USER_INPUT'],
    [
      '5,000 suggestions',
      create(taskInput({ expiryMinutes: 'Did you mean '.repeat(5_000) as never })),
      'BAD_USER_INPUT',
    ],
    ['a string of 12 KB', { query: `{ a "${'\\"'.repeat(6_000)}" }` }, 'GRAPHQL_PARSE_FAILED'],
    ['a string of 1 MB', { query: `{ a "${'\\\\'.repeat(250_000)}" }` }, 'GRAPHQL_PARSE_FAILED'],
    [
      '49,000 unknown members',
      create(Object.fromEntries(Array.from({ length: 49_000 }, (_, i) => [`a${i}`, 1]))),
      'LIMIT_EXCEEDED',
    ],
  ];

  it.each(quoted)('is refused at once: %s', async (_what, body, code) => {
    const { status, codes, ms } = await send(body);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(new Set(codes)).toEqual(new Set([code]));
    expect(ms).toBeLessThan(1_000);
  });

  it('quotes the beginning of a long text, and says which rule it breaks', async () => {
    const { errors } = await send(create(taskInput({ ['x'.repeat(10_000)]: 1 } as never)));
    expect(errors[0]?.message.length).toBeLessThanOrEqual(501);
    expect(errors[0]?.message).toMatch(
      /^Variable "\$input" got invalid value .* is not defined by type "CreateTaskContactInput"\.$/,
    );
  });

  it('names at most 20 wrong values of its variables', async () => {
    const attributes = Array.from({ length: 1_000 }, () => ({ key: 1, value: {} }));
    const { errors } = await send(create(taskInput({ attributes: attributes as never })));
    expect(errors.length).toBeLessThanOrEqual(21);
  });

  const piece = fc.constantFrom(
    '"',
    '\\',
    '\\"',
    '\\\n',
    '\n',
    'Did you mean ',
    '?',
    '{',
    '[',
    ': ',
    'é',
    '\u{1F600}',
    'a',
  );
  const text = fc
    .tuple(fc.array(piece, { minLength: 1, maxLength: 4 }), fc.array(piece, { maxLength: 3 }))
    .map(([repeated, tail]) => repeated.join('').repeat(400_000 / repeated.join('').length) + tail.join(''));
  const places: Readonly<Record<string, (text: string) => Sent>> = {
    key: (key) => create({ [key]: 1 }),
    value: (value) => create(taskInput({ expiryMinutes: value as never })),
    enumeration: (type) => create(taskInput({ references: [{ name: 'a', type: type as never, value: 'a' }] })),
    document: (query) => ({ query }),
    literal: (name) => ({ query: `{ connectContact(id: ${JSON.stringify(name)}, ${JSON.stringify(name)}) { id } }` }),
    'operation name': (operationName) => ({ query: 'query A { __typename }', operationName }),
    'document id': (documentId) => ({ documentId }),
    cursor: (after) => ({
      query: 'query ($after: String) { connectContactFlows(after: $after) { nodes { id } } }',
      variables: { after },
    }),
    id: (id) => ({ query: 'query ($id: ID!) { connectContact(id: $id) { id } }', variables: { id } }),
  };
  it.each(Object.entries(places))(
    'is answered in linear time, whatever the text: %s',
    async (_place, request) => {
      await fc.assert(
        fc.asyncProperty(text, async (given) => {
          const { ms } = await send(request(given));
          expect(ms).toBeLessThan(2_000);
        }),
        { numRuns: 15 },
      );
    },
    120_000,
  );
});

describe('A message for a client', () => {
  it.each([
    ['a short quote stays', 'Unknown field "a".', 'Unknown field "a".'],
    ['a long quote is cut', `Unknown field "${'a'.repeat(41)}".`, `Unknown field "${'a'.repeat(40)}…".`],
    [
      'an escaped quote ends no text',
      `The value "${'\\"'.repeat(30)}" is none.`,
      `The value "${'\\"'.repeat(20)}…" is none.`,
    ],
    ['a quote without an end stays', 'A " alone', 'A " alone'],
  ])('keeps what stands outside of quotes: %s', (_what, message, expected) => {
    expect(clientMessage(message)).toBe(expected);
  });

  it('has no suggestion where none is wanted, and no text is taken for one', () => {
    expect(clientMessage('Unknown type "A". Did you mean "B" or "C"?', false)).toBe('Unknown type "A".');
    expect(clientMessage('Unknown type "Did you mean A?".', false)).toBe('Unknown type "Did you mean A?".');
  });

  it('has at most 500 characters between its beginning and its end', () => {
    const message = clientMessage(`begin ${'a'.repeat(10_000)} end`);
    expect(message).toMatch(/^begin a+…a+ end$/);
    expect(message).toHaveLength(501);
  });
});
