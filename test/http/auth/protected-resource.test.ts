import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SCOPES } from '../../../src/graphql/identity.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';

const PATH = '/.well-known/oauth-protected-resource';
const TYPENAME = { query: '{ __typename }' };

let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({ settings: issuer.settings });
});
afterAll(async () => {
  await gateway.close();
  await issuer[Symbol.asyncDispose]();
});

describe('The protected resource metadata', () => {
  it.each([PATH, `${PATH}/graphql`])('names the issuer, the scopes and the API at %s, to everyone', async (path) => {
    const response = await fetch(gateway.url + path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toContain('application/json');
    expect(await response.json()).toEqual({
      resource: `${gateway.url}/graphql`,
      authorization_servers: [issuer.url],
      scopes_supported: [...SCOPES],
      bearer_methods_supported: ['header'],
    });
  });

  it('is named by each refusal', async () => {
    const metadata = `resource_metadata="${gateway.url}${PATH}"`;
    const challenge = async (headers = {}) => (await gateway.post(TYPENAME, headers)).headers.get('www-authenticate');
    expect(await challenge()).toBe(`Bearer realm="connect-task-gateway", ${metadata}`);
    expect(await challenge({ authorization: 'Bearer sesame' })).toBe(
      `Bearer realm="connect-task-gateway", ${metadata}, error="invalid_token"`,
    );
  });

  it('has the URL of AUTH_RESOURCE_URL, whatever the Host header is', async () => {
    const url = 'https://tasks.example.com/api/graphql';
    await using other = await startTestGateway({ settings: { ...issuer.settings, AUTH_RESOURCE_URL: url } });
    expect(await (await fetch(other.url + PATH)).json()).toMatchObject({ resource: url });
    const refused = await other.post(TYPENAME);
    expect(refused.headers.get('www-authenticate')).toContain(`resource_metadata="https://tasks.example.com${PATH}"`);
  });

  it('repeats no Host header that is none', async () => {
    const challenge = await new Promise((resolve, reject) => {
      const sent = request(`${gateway.url}/graphql`, { method: 'POST', headers: { host: 'a", error="x' } });
      sent.on('response', (response) => resolve(response.resume().headers['www-authenticate'])).on('error', reject);
      sent.end();
    });
    expect(challenge).toBe(`Bearer realm="connect-task-gateway", resource_metadata="http://localhost${PATH}"`);
  });

  it('does not exist if callers are not identified', async () => {
    await using open = await startTestGateway();
    expect((await fetch(open.url + PATH)).status).toBe(404);
  });
});
