import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { base64url, exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { AUDIENCE, TestIssuer } from '../../support/issuer.js';
import { memoryLog } from '../../support/log.js';

const TYPENAME = { query: '{ __typename }' };
const ALL = 'tasks:read tasks:create tasks:write';
const log = memoryLog();

let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await TestIssuer.start('RS256');
  gateway = await startTestGateway({ settings: issuer.settings, logger: log.logger });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

const send = (token: string) => gateway.post(TYPENAME, { authorization: `Bearer ${token}` });

async function expectRefusal(response: Response, challenge: string | RegExp = /error="invalid_token"$/) {
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toMatch(challenge);
  expect(await response.json()).toEqual({
    errors: [
      {
        message: expect.stringMatching(/token/),
        extensions: { code: 'UNAUTHENTICATED', requestId: expect.any(String) },
      },
    ],
  });
}

describe('A caller with a good token is let in', () => {
  it.each(['Bearer', 'bearer', 'BEARER'])('accepts the scheme %s', async (scheme) => {
    const response = await gateway.post(TYPENAME, { authorization: `${scheme} ${await issuer.token()}` });
    expect(response.status).toBe(200);
  });

  it('accepts a token with several audiences', async () => {
    expect((await send(await issuer.token({ claims: { aud: ['other', AUDIENCE] } }))).status).toBe(200);
  });

  it('accepts a token that expired within the tolerance of clocks', async () => {
    expect((await send(await issuer.token({ expiresIn: -20 }))).status).toBe(200);
  });

  it('accepts a token that an application got for itself', async () => {
    expect((await send(await issuer.token({ claims: { sub: undefined, client_id: 'batch' } }))).status).toBe(200);
  });
});

describe('A caller without a token', () => {
  it('is asked for one', async () => {
    await expectRefusal(await gateway.post(TYPENAME), /^Bearer realm="connect-task-gateway"/);
    expect((await gateway.post(TYPENAME)).headers.get('www-authenticate')).not.toContain('error');
  });

  it('is asked before the body is read', async () => {
    await expectRefusal(await gateway.post('nonsense'), /^Bearer/);
    await expectRefusal(await gateway.post('x'.repeat(2_000_000)), /^Bearer/);
  });

  it('gets a message in the media type that it takes', async () => {
    const type = async (accept: string) => (await gateway.post(TYPENAME, { accept })).headers.get('content-type');
    expect(await type('application/graphql-response+json')).toBe('application/graphql-response+json; charset=utf-8');
    expect(await type('application/json')).toBe('application/json; charset=utf-8');
    expect(await type('text/csv')).toBe('application/json; charset=utf-8');
  });

  it('sees GraphiQL and health', async () => {
    const page = await fetch(`${gateway.url}/graphql`, { headers: { accept: 'text/html' } });
    expect([200, 503]).toContain(page.status);
    expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });
});

describe('A token is refused', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const good = () => ({ iss: issuer.url, aud: AUDIENCE, sub: 'ana', scope: ALL, exp: now() + 3600 });
  const publicKey = async () => importJWK(issuer.keys[0] as object, 'RS256', { extractable: true });

  it.each<[string, () => Promise<string> | string]>([
    ['without a signature: alg none', () => new UnsecuredJWT(good()).encode()],
    [
      'that says alg none over a real signature',
      async () => {
        const [, claims, signature] = (await issuer.token()).split('.');
        return `${base64url.encode('{"alg":"none"}')}.${claims}.${signature}`;
      },
    ],
    ['whose signature was taken off', async () => (await issuer.token()).replace(/[^.]*$/, '')],
    ['whose signature was changed', async () => `${(await issuer.token()).slice(0, -8)}AAAAAAAA`],
    [
      'whose claims were changed',
      async () => {
        const [header, , signature] = (await issuer.token()).split('.');
        return `${header}.${base64url.encode(JSON.stringify(good()))}.${signature}`;
      },
    ],
    [
      'that was signed by HS256 with the public key, as PEM',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .sign(new TextEncoder().encode(await exportSPKI((await publicKey()) as CryptoKey))),
    ],
    [
      'that was signed by HS256 with the public key, as JWK',
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'HS256', kid: 'key-1' })
          .sign(new TextEncoder().encode(JSON.stringify(issuer.keys[0]))),
    ],
    [
      "that another key signed under this one's id",
      async () =>
        new SignJWT(good())
          .setProtectedHeader({ alg: 'RS256', kid: 'key-1' })
          .sign((await generateKeyPair('RS256')).privateKey),
    ],
    [
      'that brings its own key',
      async () => {
        const { privateKey, publicKey: own } = await generateKeyPair('RS256', { extractable: true });
        const jwk = await crypto.subtle.exportKey('jwk', own);
        return new SignJWT(good())
          .setProtectedHeader({ alg: 'RS256', jwk: jwk as object, jku: `${issuer.url}/mine` })
          .sign(privateKey);
      },
    ],
    ['of another issuer', () => issuer.token({ claims: { iss: 'https://elsewhere.example' } })],
    ['of an issuer that only begins alike', () => issuer.token({ claims: { iss: `${issuer.url}/` } })],
    ['for another audience', () => issuer.token({ claims: { aud: 'other' } })],
    ['for no audience', () => issuer.token({ claims: { aud: undefined } })],
    ['that expired beyond the tolerance', () => issuer.token({ expiresIn: -40 })],
    ['that never expires', () => issuer.token({ claims: { exp: undefined } })],
    ['that is not valid yet', () => issuer.token({ claims: { nbf: now() + 60 } })],
    ['without a subject', () => issuer.token({ claims: { sub: undefined } })],
    ['of a key that is not known', () => issuer.token({ header: { kid: 'made-up' } })],
    [
      'with an extension that must be understood',
      () => issuer.token({ header: { crit: ['exp'], exp: 1 } }).catch(() => 'a.b.c'),
    ],
    ['that is huge', () => issuer.token({ claims: { padding: 'x'.repeat(9_000) } })],
    ['that is none', () => 'sesame'],
    ['of three empty parts', () => '..'],
  ])('%s', async (_what, make) => {
    const token = await make();
    await expectRefusal(await send(token));
    expect(log.text()).not.toContain(token);
  });

  it('refuses a token of which any character was changed, removed or added', async () => {
    const token = await issuer.token();
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.';
    // The last character of the signature holds bits that say nothing.
    const place = fc.integer({ min: 0, max: token.length - 2 });
    const change = fc.constantFrom<(at: number, by: string) => string>(
      (at, by) => token.slice(0, at) + by + token.slice(at + 1),
      (at, by) => token.slice(0, at) + by + token.slice(at),
      (at) => token.slice(0, at) + token.slice(at + 1),
    );
    await fc.assert(
      fc.asyncProperty(place, fc.constantFrom(...alphabet), change, async (at, by, changed) => {
        const other = changed(at, by);
        expect((await send(other)).status).toBe(other === token ? 200 : 401);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses any text as a token', async () => {
    const text = fc.string({ unit: 'binary-ascii', maxLength: 200 }).filter((each) => /^[ -~\t]*$/.test(each));
    await fc.assert(
      fc.asyncProperty(text, async (authorization) => {
        expect((await gateway.post(TYPENAME, { authorization })).status).toBe(401);
      }),
      { numRuns: 300 },
    );
  });

  it.each(['Bearer', 'Bearer ', 'Basic dXNlcjpwYXNz', 'Bearer a b', 'Bearer a, Bearer b'])(
    'refuses a header without a bearer token: %s',
    async (authorization) => {
      await expectRefusal(await gateway.post(TYPENAME, { authorization }));
    },
  );

  it('refuses two authorization headers', async () => {
    const token = `Bearer ${await issuer.token()}`;
    const status = await new Promise((resolve, reject) => {
      const sent = request(`${gateway.url}/graphql`, {
        method: 'POST',
        headers: [
          ...['host', new URL(gateway.url).host, 'content-type', 'application/json'],
          ...['authorization', token, 'authorization', token],
        ] as never,
      });
      sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject);
      sent.end(JSON.stringify(TYPENAME));
    });
    expect(status).toBe(401);
  });

  it('runs nothing', async () => {
    const token = await issuer.token({ claims: { aud: 'other', scope: ALL } });
    await gateway.post(
      {
        query: `mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "x" } }) { errors { code } } }`,
      },
      { authorization: `Bearer ${token}` },
    );
    expect(log.text()).not.toContain('createTaskContact');
  });
});

describe('The log of a refused token', () => {
  const seconds = () => Math.floor(Date.now() / 1000);

  /** Sends a token to a gateway of its own; returns the answer and the lines at warn. */
  async function refused(token: string) {
    const own = memoryLog();
    await using other = await startTestGateway({ settings: issuer.settings, logger: own.logger });
    const response = await other.post(TYPENAME, { authorization: `Bearer ${token}` });
    const text = await response.text();
    expect(response.status).toBe(401);
    expect(own.text()).not.toContain(token);
    expect(own.text()).not.toContain(token.split('.')[1] ?? token);
    const lines = own
      .at('warn')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
    return { requestId: response.headers.get('x-request-id'), text, lines };
  }

  it.each<[string, () => Promise<string> | string, object]>([
    [
      'the audience',
      () => issuer.token({ claims: { aud: ['a', 'b'] } }),
      { reason: 'ERR_JWT_CLAIM_VALIDATION_FAILED', claim: 'aud', expected: AUDIENCE, actual: ['a', 'b'] },
    ],
    [
      'the issuer',
      () => issuer.token({ claims: { iss: 'https://elsewhere.example' } }),
      { claim: 'iss', expected: expect.stringMatching(/^http:/), actual: 'https://elsewhere.example' },
    ],
    [
      'a claim that is missing',
      () => issuer.token({ claims: { aud: undefined } }),
      { claim: 'aud', actual: 'missing' },
    ],
    [
      'an odd claim by its type alone',
      () => issuer.token({ claims: { aud: { secret: 'sesame' } } }),
      { claim: 'aud', actual: 'a value of type object' },
    ],
    [
      'the time of expiry',
      () => issuer.token({ expiresIn: -3600 }),
      { reason: 'ERR_JWT_EXPIRED', claim: 'exp', secondsFromNow: expect.any(Number) },
    ],
    [
      'the time of the beginning',
      () => issuer.token({ claims: { nbf: seconds() + 60 } }),
      { claim: 'nbf', secondsFromNow: expect.any(Number) },
    ],
    [
      'the key',
      () => issuer.token({ header: { kid: 'made-up' } }),
      { reason: 'ERR_JWKS_NO_MATCHING_KEY', kid: 'made-up', alg: 'RS256' },
    ],
    [
      'the key of a wrong signature',
      async () => `${(await issuer.token()).slice(0, -8)}AAAAAAAA`,
      { reason: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED', kid: 'key-1' },
    ],
    ['the lack of a subject', () => issuer.token({ claims: { sub: undefined } }), { reason: 'ERR_NO_SUBJECT' }],
    ['the length', () => 'x'.repeat(9_000), { reason: 'ERR_TOKEN_TOO_LONG', length: 9_000 }],
    ['a token that is none', () => 'sesame', { reason: 'ERR_JWS_INVALID' }],
  ])('contains %s and the id of the request, which the answer does not', async (_what, make, facts) => {
    const { requestId, text, lines } = await refused(await make());
    expect(lines).toMatchObject([{ requestId, msg: 'Invalid token', ...facts }]);
    expect(JSON.parse(text)).toEqual({
      errors: [{ message: 'Invalid token. Sign in again.', extensions: { code: 'UNAUTHENTICATED', requestId } }],
    });
  });

  it('shortens texts of the token', async () => {
    const { lines } = await refused(await issuer.token({ claims: { aud: 'x'.repeat(1_000) } }));
    expect(lines).toMatchObject([{ actual: 'x'.repeat(200) }]);
  });

  it('has at most 60 lines a minute', async () => {
    const own = memoryLog();
    await using other = await startTestGateway({ settings: issuer.settings, logger: own.logger });
    for (let count = 0; count < 70; count++) await other.post(TYPENAME, { authorization: 'Bearer sesame' });
    expect(own.at('warn').split('\n').filter(Boolean)).toHaveLength(60);
  });
});
