import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from '../support/gateway.js';
import { startPrefixProxy } from '../support/prefix-proxy.js';

const BROWSER = { accept: 'text/html' };

describe('GraphiQL below a path prefix of a proxy', () => {
  it('is found from the root of the prefix', async () => {
    await using gateway = await startTestGateway();
    await using proxy = await startPrefixProxy(gateway.url);
    const page = await fetch(`${proxy.url}/`, { headers: BROWSER });
    expect({ url: page.url, status: page.status }).toEqual({ url: `${proxy.url}/graphql`, status: 200 });
  });

  it('finds each of its files below the prefix', async () => {
    await using gateway = await startTestGateway();
    await using proxy = await startPrefixProxy(gateway.url);
    const html = await (await fetch(`${proxy.url}/graphql`, { headers: BROWSER })).text();
    const files = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => String(file));
    expect(files.length).toBeGreaterThanOrEqual(4);
    for (const file of files) {
      const url = new URL(file, `${proxy.url}/graphql`).href;
      const { status } = await fetch(url);
      expect([url, status]).toEqual([expect.stringContaining(`${proxy.url}/graphiql/assets/`), 200]);
    }
  });

  it('calls the gateway from there', async () => {
    await using gateway = await startTestGateway();
    await using proxy = await startPrefixProxy(gateway.url);
    const response = await fetch(`${proxy.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: new URL(proxy.url).origin },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    expect(await response.json()).toEqual({ data: { __typename: 'Query' } });
  });
});
