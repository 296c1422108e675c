import { Agent } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codesOf, fuzzRequests, fuzzSchema, problemOf, sendFuzz } from '../support/fuzz.ts';
import { fillingBodies, HOSTILE_KINDS, hostileRequests } from '../support/fuzz-hostile.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

const agent = new Agent({ keepAlive: true });
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ settings: { RECEIVE_TIMEOUT_MS: '2000' } });
});
afterAll(async () => {
  agent.destroy();
  await gateway.close();
});

describe('What the fuzzing looks for', () => {
  const request = { method: 'POST', path: '/graphql', headers: {}, body: '{"query":"{ __typename }"}' };
  const headers = { 'x-content-type-options': 'nosniff' };
  const answer = (error: object) => ({ status: 200, headers, text: JSON.stringify({ errors: [error] }) });

  it('is found', () => {
    expect(problemOf(request, { status: 200, headers, text: '{"data":{}}' })).toBeUndefined();
    for (const bad of [
      { status: 500, headers, text: '{}' },
      { status: 503, headers, text: '' },
      { status: 200, headers: {}, text: '{}' },
      answer({ message: 'x', extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
      answer({ message: 'x' }),
      answer({ message: 'SQLITE_BUSY', extensions: { code: 'BAD_REQUEST' } }),
      answer({ message: 'Error: x\n    at run', extensions: { code: 'BAD_REQUEST' } }),
      answer({ message: 'at run (/home/me/node_modules/x/y.js:1:2)', extensions: { code: 'BAD_REQUEST' } }),
      answer({ message: "Cannot read properties of undefined (reading 'x')", extensions: { code: 'BAD_REQUEST' } }),
    ]) {
      expect(problemOf(request, bad)).toBeDefined();
    }
  });

  it('is not what the request itself said', () => {
    const said = { ...request, body: '{"query":"{ sqlite }"}' };
    const echo = answer({ message: 'Cannot query field "sqlite"', extensions: { code: 'BAD_REQUEST' } });
    expect(problemOf(said, echo)).toBeUndefined();
    expect(problemOf(request, echo)).toBeDefined();
  });
});

describe('Whatever is sent', () => {
  it('is answered, with no status from 500 up and no word of the inside', async () => {
    const seen = new Set<unknown>();
    await fc.assert(
      fc.asyncProperty(fuzzRequests(fuzzSchema()), async (request) => {
        const answer = await sendFuzz(gateway.url, agent, request);
        seen.add(answer.status);
        for (const code of codesOf(answer)) seen.add(code);
        expect(problemOf(request, answer)).toBeUndefined();
      }),
      { numRuns: 1_000 },
    );
    // It is no test where everything is refused at the door.
    expect([...seen]).toEqual(
      expect.arrayContaining([
        200,
        400,
        'LIMIT_EXCEEDED',
        'GRAPHQL_PARSE_FAILED',
        'GRAPHQL_VALIDATION_FAILED',
        'BAD_USER_INPUT',
      ]),
    );
    expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
  });
});

describe('The gateway under hostile requests', () => {
  let heavyIds: readonly string[];
  beforeAll(async () => {
    const ids: string[] = [];
    for (const body of fillingBodies(5, 50)) {
      const { data } = (await (await gateway.post(body)).json()) as {
        data: { createTaskContact: { contact: { id: string } } };
      };
      ids.push(data.createTaskContact.contact.id);
    }
    heavyIds = ids.slice(0, 5);
  });

  it.each(HOSTILE_KINDS)(
    'answers those of the kind %s with no status from 500 up and nothing internal',
    async (kind) => {
      await fc.assert(
        fc.asyncProperty(hostileRequests(kind, { heavyIds }), async (request) => {
          expect(problemOf(request, await sendFuzz(gateway.url, agent, request))).toBeUndefined();
        }),
        // Shrinking would send a million bytes again and again; the seed repeats a failure.
        { numRuns: kind === 'readers' ? 10 : 40, endOnFailure: true },
      );
      expect((await gateway.post({ query: '{ __typename }' })).status).toBe(200);
    },
  );
});
