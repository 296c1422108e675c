import { describe, expect, it } from '@jest/globals';
import { keysAt } from '../../../src/http/auth/discovery.js';
import { startTestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';
import { memoryLog } from '../../support/log.js';

const TYPENAME = { query: '{ __typename }' };

describe('AUTH_ISSUER without AUTH_JWKS_URL', () => {
  it("finds the issuer's keys by its discovery document", async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.discoverySettings });
    expect((await gateway.post(TYPENAME, await issuer.bearer('tasks:read'))).status).toBe(200);
    expect(issuer.asked).toBe(1);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });

  it('follows an issuer whose keys move', async () => {
    await using issuer = await TestIssuer.start();
    await using other = await TestIssuer.start();
    issuer.discovery = { jwks_uri: `${other.url}/jwks` };
    await using gateway = await startTestGateway({ settings: issuer.discoverySettings });
    const token = await other.token({ claims: { iss: issuer.url } });
    expect((await gateway.post(TYPENAME, { authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it.each<[string, object, RegExp]>([
    ['of another issuer', { issuer: 'https://elsewhere.example' }, /expected issuer .* but got .*elsewhere\.example/],
    ['with keys that travel unencrypted', { jwks_uri: 'http://issuer.example.com/jwks' }, /an https:.* as jwks_uri/],
    ['without keys', { jwks_uri: undefined }, /an https:.* as jwks_uri/],
  ])('accepts no document %s, and is not ready', async (_what, members, problem) => {
    await using issuer = await TestIssuer.start();
    issuer.discovery = members as Readonly<Record<string, unknown>>;
    const log = memoryLog();
    await using gateway = await startTestGateway({ settings: issuer.discoverySettings, logger: log.logger });
    expect((await gateway.post(TYPENAME, await issuer.bearer('tasks:read'))).status).toBe(503);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    expect(log.at('warn')).toMatch(problem);
    expect(issuer.asked).toBe(0);
  });
});

describe('A key set', () => {
  it('is fetched from the URL that is set', async () => {
    await using issuer = await TestIssuer.start();
    const response = await keysAt(`${issuer.url}/jwks`).fetch({});
    expect(await response.json()).toEqual({ keys: issuer.keys });
  });
});
