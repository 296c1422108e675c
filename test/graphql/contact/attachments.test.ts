import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { EmbeddedConnect } from '../../../src/engine/engine.js';
import { UPLOADS_PATH } from '../../../src/engine/files/attachments.js';
import { gatewayBefore, openTestAws } from '../../support/aws.js';
import { openTestEngine, SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { portWith } from '../../support/port.js';

const CREATE = `mutation ($input: CreateTaskContactInput!) {
  createTaskContact(input: $input) {
    contact { id references { name type } attachments { name status fileId } }
    errors { code path ... on ConnectInvalidInputError { rule expected actual } }
  }
}`;
const READ = `query ($id: ID!) { connectContact(id: $id) { attachments { name status fileId downloadUrl } } }`;
const STATUS = `query ($id: ID!) { connectContact(id: $id) { attachments { name status } } }`;

const input = (attachments: readonly object[]) => ({
  input: { name: 'Check the order', flow: { contactFlowId: SAMPLE.contactFlow }, attachments },
});

async function upload({ attachments }: EmbeddedConnect, text = 'the order'): Promise<string> {
  const token = String(await attachments?.folder.openUpload());
  await attachments?.folder.upload(token, Readable.from([Buffer.from(text)]), 1000);
  return `http://127.0.0.1${UPLOADS_PATH}/${token}`;
}

interface Created {
  readonly contact: { readonly id: string; readonly attachments: unknown };
  readonly errors: unknown;
}

async function openEmbedded() {
  const test = await openTestEngine();
  const gateway = await startTestGateway({ wrap: (own) => portWith(test.engine, { close: () => own.close() }) });
  return {
    gateway,
    engine: test.engine,
    count: () => test.count('select count(*) from contact'),
    calls: () => undefined,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await test[Symbol.asyncDispose]();
    },
  };
}

async function openAws() {
  const aws = await openTestAws();
  const gateway = await gatewayBefore(aws);
  const { test } = aws.wire;
  return {
    gateway,
    engine: test.engine,
    count: () => test.count('select count(*) from contact'),
    calls: () => aws.calls(),
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await aws[Symbol.asyncDispose]();
    },
  };
}

describe.each([
  ['the embedded engine', openEmbedded],
  ['a real instance', openAws],
])('Attachments before %s', (_adapter, open) => {
  it('are created with a task, and downloaded when they are approved', async () => {
    await using world = await open();
    const { gateway, engine } = world;
    const url = await upload(engine);
    const { data, errors } = await gateway.ask(
      CREATE,
      input([
        { fileName: 'order.pdf', url },
        { fileName: 'lost.png', url: 'https://files.example.com/lost.png?signature=secret' },
      ]),
    );
    expect(errors).toBeUndefined();
    const created = data?.createTaskContact as Created;
    expect(created).toMatchObject({
      contact: {
        references: [
          { name: 'order.pdf', type: 'ATTACHMENT' },
          { name: 'lost.png', type: 'ATTACHMENT' },
        ],
        attachments: [{ name: 'order.pdf', fileId: expect.any(String) }, { name: 'lost.png' }],
      },
      errors: [],
    });
    await engine.attachments?.settled();
    world.calls();
    const read = await gateway.ask(READ, { id: created.contact.id });
    expect(read).toEqual({
      data: {
        connectContact: {
          attachments: [
            {
              name: 'order.pdf',
              status: 'APPROVED',
              fileId: expect.any(String),
              downloadUrl: expect.stringMatching(/signature=/),
            },
            { name: 'lost.png', status: 'FAILED', fileId: expect.any(String), downloadUrl: null },
          ],
        },
      },
    });
    // The address is read for the approved file alone.
    const called = world.calls();
    if (called) expect(called.filter((name) => name === 'GetAttachedFile')).toHaveLength(1);
    await gateway.ask(STATUS, { id: created.contact.id });
    const calledForStatus = world.calls();
    if (calledForStatus) expect(calledForStatus).not.toContain('GetAttachedFile');
  });

  it('are none for a task without files, and an empty list creates one', async () => {
    await using world = await open();
    const { data } = await world.gateway.ask(CREATE, input([]));
    expect(data?.createTaskContact).toMatchObject({ contact: { references: [], attachments: [] }, errors: [] });
  });

  it.each([
    [
      'a sixth',
      Array.from({ length: 6 }, () => ({ fileName: 'a.pdf', url: 'https://a.example' })),
      { path: ['input', 'attachments'], rule: 'api/attachment-count', actual: '6 attachments' },
    ],
    [
      'a long name',
      [{ fileName: `${'n'.repeat(253)}.pdf`, url: 'https://a.example' }],
      { path: ['input', 'attachments', '0', 'fileName'], rule: 'api/attachment-name-length', actual: '257 characters' },
    ],
    [
      'an empty address',
      [{ fileName: 'a.pdf', url: '' }],
      { path: ['input', 'attachments', '0', 'url'], rule: 'api/attachment-url-length', actual: '0 characters' },
    ],
    [
      'an invisible character',
      [{ fileName: 'a\n.pdf', url: 'https://a.example' }],
      { path: ['input', 'attachments', '0', 'fileName'], rule: 'api/attachment-name-visible', actual: 'U+000A' },
    ],
  ])('refuse %s with path and rule, and nothing is stored', async (_what, attachments, expected) => {
    await using world = await open();
    const before = world.count();
    const { data } = await world.gateway.ask(CREATE, input(attachments));
    expect(data?.createTaskContact).toEqual({
      contact: null,
      errors: [{ code: 'INVALID_INPUT', expected: expect.any(String), ...expected }],
    });
    expect(world.count()).toBe(before);
    expect(world.calls() ?? []).toEqual([]);
  });
});
