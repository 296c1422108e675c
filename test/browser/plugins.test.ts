import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';

/** The sample template with required fields. */
const REQUIRED_FIELDS = '40000000-0000-4000-8000-000000000004';
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

let gateway: TestGateway;
let browser: Browser;
beforeAll(async () => {
  [gateway, browser] = await Promise.all([startTestGateway(), launchChromium()]);
});
afterEach(async () => {
  for (const context of browser.contexts()) await context.close();
});
afterAll(async () => {
  await browser?.close();
  await gateway?.close();
});

/** Opens GraphiQL at its first visit. */
async function open(options: BrowserContextOptions = { viewport: WIDE }): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${gateway.url}/graphql`);
  await page.waitForSelector('.graphiql-query-editor .view-line');
  await page.waitForSelector('.graphiql-execute-button');
  return page;
}

const showPlugin = (page: Page, title: string) => page.click(`.graphiql-sidebar button[aria-label="Show ${title}"]`);

/** Runs ContinueChain, which is in the second tab. */
async function continueChain(page: Page): Promise<void> {
  await page.locator('.graphiql-tab-button', { hasText: 'ContinueChain' }).click();
  await page.click('.graphiql-execute-button');
  await page.locator('.result-window .view-line', { hasText: '"createTaskContact"' }).waitFor();
}

/** Creates a task that continues the voice call of the sample instance, past the page. */
function createFollowUp(name: string) {
  return gateway.ask('mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { replayed } }', {
    input: { name, flow: { contactFlowId: SAMPLE.contactFlow }, link: { previousContactId: SAMPLE.voiceContact } },
  });
}

describe('The chain of GraphiQL, in Chromium', () => {
  it('draws the chain of the last answer as a tree, and again after each change', async () => {
    const page = await open();
    await continueChain(page);
    await showPlugin(page, 'Chain');
    const root = page.locator('.chain > ul > li');
    await root.locator('button', { hasText: 'completed' }).first().waitFor();
    const linked = root.locator('ul > li button');
    await linked
      .filter({ hasText: 'Write down what was agreed on the phone' })
      .filter({ hasText: 'initiated' })
      .waitFor();
    expect(await page.textContent('.chain-room')).toMatch(/1 of 12.*of 32,768/);
    expect(await page.textContent('.chain-attributes')).toContain('followUp');
    await createFollowUp('Seen live');
    await linked.filter({ hasText: 'Seen live' }).waitFor();
    expect(await page.textContent('.chain-room')).toContain('2 of 12');
  });

  it('opens the query of a contact that is clicked', async () => {
    const page = await open();
    await continueChain(page);
    await showPlugin(page, 'Chain');
    await page.locator('.chain li button', { hasText: SAMPLE.voiceContact }).click();
    expect(await page.textContent('.graphiql-tab-active')).toContain('ContactById');
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().postData()?.includes('"operationName":"ContactById"') === true),
      page.click('.graphiql-execute-button'),
    ]);
    expect(await response.json()).toMatchObject({
      data: { connectContact: { id: SAMPLE.voiceContact, channel: 'VOICE' } },
    });
  });
});

describe('The form of GraphiQL, in Chromium', () => {
  it('fills the fields of a task template into the variables, and shows violations at their fields', async () => {
    const page = await open();
    await showPlugin(page, 'Form');
    await page.selectOption('.form select', REQUIRED_FIELDS);
    await page.getByLabel('Name').fill('Renew the contract');
    await page.getByLabel('Customer').fill('Example Ltd');
    await page.getByLabel('Callback').fill('no url');
    await page.locator('.graphiql-editor-tool .view-line', { hasText: 'Renew' }).waitFor();
    await page.click('.form button[type=submit]');
    await page
      .locator('.form-field', { has: page.getByLabel('Callback') })
      .getByRole('alert')
      .waitFor();
    expect(await page.locator('.form [role=alert]').allTextContents()).toEqual([expect.stringContaining('URL')]);
    await page.getByLabel('Callback').fill('https://crm.example.com/815');
    await page.click('.form button[type=submit]');
    await page.locator('.form [role=status]', { hasText: 'Created' }).waitFor();
    expect(await page.locator('.form [role=alert]').count()).toBe(0);
  });
});

describe.each([
  ['light', WIDE],
  ['dark', WIDE],
  ['light', NARROW],
  ['dark', NARROW],
] as const)('Accessibility of GraphiQL, %s at %j', (colorScheme, viewport) => {
  it('has no violation in the editors and in each plugin', async () => {
    const page = await open({ viewport, colorScheme });
    await continueChain(page);
    expect(await violations(page)).toEqual([]);
    for (const plugin of ['Tour', 'Chain', 'Form']) {
      const shown = page.locator(`.graphiql-plugin section.panel[aria-label=${plugin}]`);
      if ((await shown.count()) === 0) await showPlugin(page, plugin);
      await shown.waitFor();
      if (plugin === 'Chain') await page.locator('.chain li button').first().waitFor();
      if (plugin === 'Form') await page.selectOption('.form select', REQUIRED_FIELDS);
      if (plugin === 'Form') await page.locator('.form-field').first().waitFor();
      expect({ plugin, violations: await violations(page) }).toEqual({ plugin, violations: [] });
    }
  }, 90_000); // axe-core checks each of four views.
});

/** Checks the page by axe-core, and returns what is wrong where. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync('node_modules/axe-core/axe.min.js', 'utf8'));
  const { violations: found } = (await page.evaluate(
    // GraphiQL itself puts the button that closes a tab into the element with the role tab.
    'axe.run(document, { rules: { "nested-interactive": { enabled: false } } })',
  )) as AxeResults;
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
