import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { startTestGateway } from '../support/gateway.js';
import { startPrefixProxy } from '../support/prefix-proxy.js';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser?.close());

/** Opens GraphiQL and collects the requests that fail. */
async function openGraphiql(url: string): Promise<{ readonly page: Page; readonly failed: string[] }> {
  const failed: string[] = [];
  const page = await browser.newPage();
  page.setDefaultTimeout(15_000);
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => failed.push(request.url()));
  await page.goto(url);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  await page.waitForSelector('.graphiql-execute-button');
  return { page, failed };
}

describe('GraphiQL below a path prefix of a proxy, in Chromium', () => {
  it('loads its files, reads the schema and creates a task', async () => {
    await using gateway = await startTestGateway();
    await using proxy = await startPrefixProxy(gateway.url);
    const { page, failed } = await openGraphiql(`${proxy.url}/graphql`);
    await page
      .locator('.graphiql-query-editor .view-line span', { hasText: /^createTaskContact$/ })
      .last()
      .hover();
    await page.locator('.monaco-hover-content', { hasText: 'createTaskContact' }).first().waitFor();
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().postData()?.includes('IntrospectionQuery') === false),
      page.click('.graphiql-execute-button'),
    ]);
    expect(response.url()).toBe(`${proxy.url}/graphql`);
    expect(await response.json()).toMatchObject({ data: { createTaskContact: { errors: [] } } });
    expect(failed).toEqual([]);
    await page.close();
  });
});
