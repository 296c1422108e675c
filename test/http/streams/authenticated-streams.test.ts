import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { taskInput } from '../../support/create-task-contact.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';

let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({ settings: { ...issuer.settings, AUTH_INSTANCES_CLAIM: 'instances' } });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

const query = 'subscription { connectContactChanged(of: { all: true }) { kind contact { id name } } }';

function subscribe(authorization: Readonly<Record<string, string>>, signal?: AbortSignal) {
  return fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...authorization },
    body: JSON.stringify({ query }),
    ...(signal && { signal }),
  });
}

const ALL = { instances: ['10000000-0000-4000-8000-000000000001'] };

describe('A stream of an authenticated caller', () => {
  it.each([
    ['FORBIDDEN', 'tasks:create', ALL],
    ['NOT_FOUND', 'tasks:read', { instances: ['another'] }],
  ])('is refused with %s where the token does not allow it', async (code, scopes, claims) => {
    const response = await subscribe(await issuer.bearer(scopes, claims));
    const [, next = ''] = (await response.text()).split('\n\n');
    expect(JSON.parse(next.replace('event: next\ndata: ', ''))).toMatchObject({
      errors: [{ extensions: { code } }],
    });
  });

  it('is refused with 401 without a token', async () => {
    expect((await subscribe({})).status).toBe(401);
  });

  it('ends with a coded error when its token expires', async () => {
    // Tokens are accepted for 30 seconds after they expire, because clocks differ.
    const token = await issuer.token({ claims: { scope: 'tasks:read', ...ALL }, expiresIn: -28 });
    const response = await subscribe({ authorization: `Bearer ${token}` });
    const text = await response.text();
    expect(text).toContain('"code":"UNAUTHENTICATED"');
    expect(text).toMatch(/event: complete\ndata:\n\n$/);
  });

  it('keeps its place no longer than it lasts', async () => {
    const headers = await issuer.bearer('tasks:read tasks:create', ALL);
    for (let index = 0; index < 110; index += 1) {
      const controller = new AbortController();
      const response = await subscribe(headers, controller.signal);
      const reader = response.body?.getReader();
      await reader?.read();
      controller.abort();
    }
    const made = await gateway.post(
      {
        query: 'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { id } } }',
        variables: { input: taskInput() },
      },
      headers,
    );
    expect(await made.json()).toMatchObject({ data: { createTaskContact: { contact: { id: expect.any(String) } } } });
    const last = await subscribe(headers);
    const reader = last.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(':\n\n');
    await reader?.cancel();
  });
});
