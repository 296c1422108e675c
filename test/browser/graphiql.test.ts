import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';

const folder = new URL('../../schema/operations/', import.meta.url);
const tour = JSON.parse(readFileSync(new URL('tour.json', folder), 'utf8')) as string[];
const titles = tour.map((name) => {
  const [definition] = parse(readFileSync(new URL(`${name}.graphql`, folder), 'utf8')).definitions;
  return definition && 'name' in definition ? definition.name?.value : undefined;
});

interface Payload {
  readonly data?: Record<string, { readonly contact?: { readonly id: string }; readonly errors?: unknown[] } | null>;
  readonly errors?: unknown;
}

describe('GraphiQL in Chromium', () => {
  let gateway: Awaited<ReturnType<typeof startTestGateway>>;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let requested: string[];
  let complaints: string[];

  beforeAll(async () => {
    [gateway, browser] = await Promise.all([startTestGateway(), launchChromium()]);
  });

  afterAll(async () => {
    await browser?.close();
    await gateway?.close();
  });

  beforeEach(async () => {
    requested = [];
    complaints = [];
    context = await browser.newContext();
    context.on('request', (request) => requested.push(request.url()));
    context.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    context.on('weberror', (error) => complaints.push(String(error.error())));
    page = await context.newPage();
    page.setDefaultTimeout(15_000);
    await open();
  });

  // Whatever a test did: the page was silent, and stayed on this machine.
  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
    const hosts = new Set(requested.filter((url) => !url.startsWith('data:')).map((url) => new URL(url).host));
    expect([...hosts]).toEqual([new URL(gateway.url).host]);
  });

  async function open(): Promise<void> {
    await page.goto(`${gateway.url}/graphql`);
    await page.waitForSelector('.graphiql-query-editor .view-line');
    await page.waitForSelector('.graphiql-execute-button');
  }

  /** Presses the button, and waits for the answer: what the editors show is but the part in sight. */
  async function execute(): Promise<Response> {
    const [response] = await Promise.all([
      page.waitForResponse((answer) => {
        const sent = answer.request().postData();
        return sent !== null && !sent.includes('IntrospectionQuery');
      }),
      page.click('.graphiql-execute-button'),
    ]);
    return response;
  }

  const selectTab = (title = '') => page.locator('.graphiql-tab-button', { hasText: new RegExp(`^${title}$`) }).click();

  async function run(title = ''): Promise<Response> {
    await selectTab(title);
    const response = await execute();
    expect(response.request().postDataJSON()).toMatchObject({ operationName: title });
    return response;
  }

  /** Creates a task that continues the voice call of the sample instance, past the page; returns the chain's linked tasks. */
  async function createFollowUp(name: string): Promise<number> {
    const link = { previousContactId: SAMPLE.voiceContact };
    const { data } = await gateway.ask(
      'mutation ($input: CreateTaskContactInput!) { createTaskContact(input: $input) { contact { chain { linkedTaskCount } } } }',
      { input: { name, flow: { contactFlowId: SAMPLE.contactFlow }, link } },
    );
    return (data as { createTaskContact: { contact: { chain: { linkedTaskCount: number } } } }).createTaskContact
      .contact.chain.linkedTaskCount;
  }

  const textOf = (selector: string) =>
    page.locator(`${selector} .view-line`).evaluateAll((lines) => lines.map((line) => line.textContent).join('\n'));

  it('says what it is', async () => {
    expect(await page.title()).toBe('Connect task gateway');
    expect(await page.textContent('.welcome')).toMatch(/Welcome to the Connect task gateway/);
  });

  it('has a tab for each operation of the tour, in its order and all in sight', async () => {
    const tabs = page.locator('.graphiql-tab-button');
    expect(await tabs.allTextContents()).toEqual(titles);
    for (const tab of await tabs.all()) expect(await tab.isVisible()).toBe(true);
  });

  it('creates a task contact from the first tab', async () => {
    const response = await execute();
    expect(response.status()).toBe(200);
    expect(response.request().headers()['content-type']).toBe('application/json');
    const { data, errors } = (await response.json()) as Payload;
    expect(errors).toBeUndefined();
    expect(data?.createTaskContact).toMatchObject({ contact: { id: expect.stringMatching(/./) }, errors: [] });
    const id = data?.createTaskContact?.contact?.id ?? '';
    await page.locator('.result-window .view-line', { hasText: id }).first().waitFor();
  });

  it('gets an answer without a request error for every tab', async () => {
    for (const [index, title] of titles.entries()) {
      if (title?.startsWith('Follow')) continue;
      // A form to fill in: as it is written, it names no task.
      const isForm = readFileSync(new URL(`${tour[index]}.variables.json`, folder), 'utf8').includes(
        'the id of a task',
      );
      const response = await run(title);
      const { data, errors } = (await response.json()) as Payload;
      expect({ title, status: response.status(), errors }).toEqual({ title, status: 200, errors: undefined });
      expect({ title, refused: Object.values(data ?? {})[0]?.errors?.length ?? 0 }).toEqual({
        title,
        refused: isForm ? 1 : title === 'RefusedInput' ? 4 : 0,
      });
    }
  });

  it.each([
    ['FollowTasks', (name: string) => name],
    ['FollowChain', (_name: string, linked: number) => `"linkedTaskCount":\u00a0${linked}`],
  ])('shows each result of the stream %s until the stop button ends it', async (title, changed) => {
    await selectTab(title);
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.headers().accept === 'text/event-stream'),
      run(title),
    ]);
    for (const name of ['First', 'Second']) {
      const linked = await createFollowUp(name);
      await page
        .locator('.result-window .view-line', { hasText: changed(name, linked) })
        .first()
        .waitFor();
    }
    const ended = page.waitForEvent('requestfailed', (failed) => failed === request);
    await page.click('.graphiql-execute-button[aria-label^=Stop]');
    await ended;
    await page.locator('.graphiql-execute-button[aria-label^=Execute]').waitFor();
  });

  it('shows why a stream was refused', async () => {
    await selectTab('FollowTasks');
    await page.click('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText('{ "of": { "all": true }, "after": "no cursor" }');
    await execute();
    await page.locator('.result-window .view-line', { hasText: 'BAD_CURSOR' }).first().waitFor();
    await page.locator('.graphiql-execute-button[aria-label^=Execute]').waitFor();
  });

  it('fills times in that are counted from now', async () => {
    const sent = (await run('ScheduleTask')).request().postDataJSON() as {
      variables: { input: { scheduledTime: string } };
    };
    const ahead = Date.parse(sent.variables.input.scheduledTime) - Date.now();
    expect(Math.abs(ahead - 2 * 3_600_000)).toBeLessThan(5 * 60_000);
  });

  it('sends a token that was typed into the headers of one tab from all tabs, and stores it nowhere', async () => {
    await page.click('.graphiql-editor-tools button[data-name=headers]');
    await page.click('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
    await page.keyboard.insertText('{ "Authorization": "Bearer sesame" }');
    expect((await execute()).request().headers().authorization).toBe('Bearer sesame');
    expect((await run('ContactById')).request().headers().authorization).toBe('Bearer sesame');
    await page.waitForTimeout(1_000); // GraphiQL writes its state half a second after a change.
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('sesame');
  });

  it('knows the schema: hovering a field shows its description', async () => {
    await page
      .locator('.graphiql-query-editor .view-line span', { hasText: /^createTaskContact$/ })
      .last()
      .hover();
    await page.locator('.monaco-hover-content', { hasText: 'createTaskContact' }).first().waitFor();
  });

  it('makes the editors pretty, by code that is loaded only then', async () => {
    const before = requested.length;
    await page.click('.graphiql-query-editor .view-lines');
    await page.keyboard.press('Control+A');
    await page.keyboard.insertText('query   Pretty{a}');
    await page.click('button[aria-label^=Prettify]');
    await page.locator('.graphiql-query-editor .view-line', { hasText: /^query\sPretty\s\{$/ }).waitFor();
    expect(requested.length).toBeGreaterThan(before);
  });

  it('opens again as it was left', async () => {
    await selectTab('ContactById');
    await page.click('.graphiql-query-editor .view-lines');
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# Mine\n');
    await page.waitForTimeout(1_000); // GraphiQL writes its state half a second after a change.
    await open();
    expect(await page.textContent('.graphiql-tab-active .graphiql-tab-button')).toBe('ContactById');
    expect(await textOf('.graphiql-query-editor')).toMatch(/^#\sMine/);
    expect(await textOf('.graphiql-editor-tool .graphiql-editor:not(.hidden)')).toMatch(/"id"/);
    expect(await page.locator('.graphiql-tab-button').count()).toBe(titles.length);
  });
});

describe('GraphiQL of a gateway that wants a token, in Chromium', () => {
  it('states where to enter the token, until the schema arrives', async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: issuer.settings });
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      page.setDefaultTimeout(15_000);
      await page.goto(`${gateway.url}/graphql`);
      const advice = page.locator('.schema-advice');
      await advice.waitFor();
      expect(await advice.textContent()).toMatch(/Sign in to see the schema\..*Open Headers below the query/);
      const { authorization } = await issuer.bearer('tasks:read');
      await page.click('.graphiql-editor-tools button[data-name=headers]');
      await page.click('.graphiql-editor-tool .graphiql-editor:not(.hidden) .view-lines');
      await page.keyboard.insertText(JSON.stringify({ Authorization: authorization }));
      await page.click('button[aria-label^="Re-fetch GraphQL schema"]');
      await advice.waitFor({ state: 'detached' });
    } finally {
      await browser.close();
    }
  });
});
