import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { launchChromium } from '../support/chromium.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';

const folder = new URL('../../schema/operations/', import.meta.url);
const tour = JSON.parse(readFileSync(new URL('tour.json', folder), 'utf8')) as {
  topic: string;
  operations: string[];
}[];
const titleOf = (name: string) => {
  const [definition] = parse(readFileSync(new URL(`${name}.graphql`, folder), 'utf8')).definitions;
  return (definition && 'name' in definition ? definition.name?.value : undefined) ?? name;
};
const titles = tour.flatMap(({ operations }) => operations.map(titleOf));
const first = ['CreateWithContactFlow', 'ContinueChain', 'FollowTasks'];
const streams = ['FollowTasks', 'FollowChain'];
/** Operations that change a task that is there. */
const changes = tour.find(({ topic }) => topic === 'Change tasks')?.operations.map(titleOf) ?? [];

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
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
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

  /** Presses the button, and waits for the answer to an operation of this name. */
  async function execute(title: string): Promise<Response> {
    const [response] = await Promise.all([
      page.waitForResponse((answer) => answer.request().postData()?.includes(`"operationName":"${title}"`) === true),
      page.click('.graphiql-execute-button'),
    ]);
    return response;
  }

  const select = (title: string) =>
    page.locator('.tour li button', { has: page.getByText(title, { exact: true }) }).click();

  /** Selects an operation in the tour, and runs it. */
  async function run(title: string): Promise<Response> {
    await select(title);
    return execute(title);
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

  /** Replaces the text of an editor. */
  async function type(selector: string, text: string): Promise<void> {
    await page.click(`${selector} .view-lines`);
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Delete');
    await page.keyboard.insertText(text);
  }

  const textOf = (selector: string) =>
    page.locator(`${selector} .view-line`).evaluateAll((lines) => lines.map((line) => line.textContent).join('\n'));

  it('says what it is', async () => {
    expect(await page.title()).toBe('Connect task gateway');
    expect(await page.textContent('.welcome')).toMatch(/Welcome to the Connect task gateway/);
  });

  it('opens three tabs at the first visit', async () => {
    expect(await page.locator('.graphiql-tab-button').allTextContents()).toEqual(first);
  });

  it('lists each operation in the tour, under its topic and with one line', async () => {
    expect(await page.locator('.tour h3').allTextContents()).toEqual(tour.map(({ topic }) => topic));
    expect(await page.locator('.tour li strong').allTextContents()).toEqual(titles);
    for (const line of await page.locator('.tour li span').allTextContents()) expect(line).toMatch(/^[A-Z].{10,}/);
  });

  it('finds operations of the tour by words', async () => {
    await page.fill('.tour input[type=search]', 'chain attributes');
    expect(await page.locator('.tour li strong').allTextContents()).toEqual(['UpdateSharedAttributes']);
    await page.fill('.tour input[type=search]', 'nothing like this');
    expect(await page.textContent('.tour [role=status]')).toMatch(/No operation matches/);
  });

  it('creates a task contact from the first tab', async () => {
    const response = await execute('CreateWithContactFlow');
    expect(response.status()).toBe(200);
    expect(response.request().headers()['content-type']).toBe('application/json');
    const { data, errors } = (await response.json()) as Payload;
    expect(errors).toBeUndefined();
    expect(data?.createTaskContact).toMatchObject({ contact: { id: expect.stringMatching(/./) }, errors: [] });
    const id = data?.createTaskContact?.contact?.id ?? '';
    // The editor may wrap a line at each hyphen.
    await page
      .locator('.result-window .view-line', { hasText: id.slice(-12) })
      .first()
      .waitFor();
  });

  async function expectAnswer(title: string): Promise<void> {
    const response = await run(title);
    const { data, errors } = (await response.json()) as Payload;
    expect({ title, status: response.status(), errors }).toEqual({ title, status: 200, errors: undefined });
    const refused = Object.values(data ?? {})[0]?.errors?.length ?? 0;
    expect({ title, refused }).toEqual({ title, refused: title === 'RefusedInput' ? 4 : 0 });
  }

  it('gets an answer without an error for every operation of the tour, one after the other', async () => {
    for (const title of titles.filter((one) => !streams.includes(one))) await expectAnswer(title);
  }, 60_000);

  it.each(changes)('runs alone, with a task that it creates: %s', async (title) => {
    await expectAnswer(title);
    const variables = await textOf('.graphiql-editor-tool .graphiql-editor:not(.hidden)');
    expect(variables).toMatch(/"contactId":\s"[\da-f]{8}-/);
  });

  it('fills the last created task into the variables of an operation', async () => {
    const { data } = (await (await execute('CreateWithContactFlow')).json()) as Payload;
    const id = data?.createTaskContact?.contact?.id ?? '';
    for (const title of ['TaskPage', 'UpdateTask']) {
      await select(title);
      await page.locator('.graphiql-editor-tool .view-line', { hasText: id }).first().waitFor();
    }
  });

  it('leaves the id of a task that the user entered', async () => {
    await select('StopTask');
    await type('.graphiql-editor-tool .graphiql-editor:not(.hidden)', '{ "input": { "contactId": "mine" } }');
    const { data } = (await (await execute('StopTask')).json()) as Payload;
    expect(data?.stopTaskContact?.errors).toEqual([expect.objectContaining({ code: 'NOT_FOUND', id: 'mine' })]);
  });

  it('underlines two flow sources of a literal', async () => {
    await type(
      '.graphiql-query-editor',
      'mutation Two { createTaskContact(input: { name: "x", flow: { contactFlowId: "1", quickConnectId: "2" } }) { replayed } }',
    );
    await page.locator('.graphiql-query-editor .squiggly-error').first().waitFor();
  });

  it('begins the documentation with the purpose of the schema, without what federation adds', async () => {
    await page.click('.graphiql-sidebar button[aria-label="Show Documentation Explorer"]');
    const docs = page.locator('.graphiql-doc-explorer');
    await docs.getByText('Query', { exact: true }).first().waitFor();
    expect(await docs.textContent()).toMatch(/Amazon Connect/);
    expect(await docs.textContent()).not.toMatch(/_Any|_Service|_Entity|link__|federation__/);
    await docs.getByText('Query', { exact: true }).first().click();
    await docs.getByText('connectContact', { exact: true }).waitFor();
    expect(await docs.textContent()).not.toMatch(/_entities|_service/);
  });

  it('accepts a query of the fields that federation adds', async () => {
    await select('Entities');
    await page.locator('.graphiql-query-editor .view-line', { hasText: '_entities' }).waitFor();
    await page.waitForTimeout(1_500); // The worker validates half a second after a change.
    expect(await page.locator('.graphiql-query-editor .squiggly-error').count()).toBe(0);
  });

  it('reaches the editor by two presses of a key', async () => {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.closest(".graphiql-query-editor") !== null')).toBe(true);
  });

  it.each([
    ['FollowTasks', (name: string) => name],
    ['FollowChain', (_name: string, linked: number) => `"linkedTaskCount":\u00a0${linked}`],
  ])('shows each result of the stream %s until the stop button ends it', async (title, changed) => {
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
    await select('FollowTasks');
    await type(
      '.graphiql-editor-tool .graphiql-editor:not(.hidden)',
      '{ "of": { "all": true }, "after": "no cursor" }',
    );
    await execute('FollowTasks');
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
    expect((await execute('CreateWithContactFlow')).request().headers().authorization).toBe('Bearer sesame');
    expect((await run('ContactById')).request().headers().authorization).toBe('Bearer sesame');
    await page.waitForTimeout(1_000); // GraphiQL writes its state half a second after a change.
    expect(await page.evaluate('JSON.stringify(localStorage)')).not.toContain('sesame');
  });

  it('fits on a narrow screen: the editors and the answer are in sight, the tour opens over them', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate('localStorage.clear()');
    await open();
    for (const part of ['.graphiql-query-editor', '.graphiql-editor-tool', '.graphiql-response']) {
      const box = await page.locator(part).boundingBox();
      expect(box).toMatchObject({ width: expect.any(Number), height: expect.any(Number) });
      expect(box?.width).toBeGreaterThan(300);
      expect(box?.height).toBeGreaterThan(80);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(844);
    }
    await page.click('.graphiql-sidebar button[aria-label="Show Tour"]');
    await run('ScheduleTask');
    expect(await page.locator('.tour').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
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
    await select('ContactById');
    await page.click('.graphiql-query-editor .view-lines');
    await page.keyboard.press('Control+Home');
    await page.keyboard.insertText('# Mine\n');
    await page.waitForTimeout(1_000); // GraphiQL writes its state half a second after a change.
    await open();
    expect(await page.textContent('.graphiql-tab-active .graphiql-tab-button')).toBe('ContactById');
    expect(await textOf('.graphiql-query-editor')).toMatch(/^#\sMine/);
    expect(await textOf('.graphiql-editor-tool .graphiql-editor:not(.hidden)')).toMatch(/"id"/);
    expect(await page.locator('.graphiql-tab-button').allTextContents()).toEqual([...first, 'ContactById']);
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
