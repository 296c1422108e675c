import { GetAttachedFileCommand, ListContactReferencesCommand, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { downloadsOf } from '../../src/app/downloads-of.js';
import { AdjustableClock } from '../../src/controls/adjustable-clock.js';
import { controls, CONTROLS_PATH } from '../../src/controls/controls.js';
import { downloads } from '../../src/controls/downloads.js';
import { NOW, openTestEngine, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { send, startTestWire, type TestWireOptions } from '../support/wire.js';

const InstanceId = SAMPLE.instanceId;

/** The emulator with its uploads and downloads. */
async function startEmulator(options: Omit<TestWireOptions, 'plugin'> = {}) {
  const wire = await startTestWire({
    ...options,
    attachments: options.attachments === null ? null : { url: undefined, ...options.attachments },
    plugin: async (app, engine) => {
      await app.register(controls, { engine, clock: new AdjustableClock(() => NOW), prefix: CONTROLS_PATH });
      const files = downloadsOf(engine);
      if (files) await app.register(downloads, files);
    },
  });
  wire.test.engine.attachments?.servedAt(wire.url);
  return wire;
}

type Emulator = Awaited<ReturnType<typeof startEmulator>>;

async function uploadAddress({ url }: Emulator): Promise<string> {
  const { status, json } = await send(url, 'POST', `${CONTROLS_PATH}/attachments`);
  expect(status).toBe(200);
  return json.url as string;
}

/** Uploads a file and creates a task with it; returns what the SDK lists of it. */
async function attach(emulator: Emulator, FileName = 'Order Ä.pdf', content = 'the order') {
  const client = emulator.client();
  const S3Url = await uploadAddress(emulator);
  const put = await fetch(S3Url, { method: 'PUT', body: content, headers: { 'content-type': 'application/pdf' } });
  expect([put.status, await put.json()]).toEqual([200, { sizeBytes: content.length }]);
  const { ContactId } = await client.send(
    new StartTaskContactCommand({
      InstanceId,
      Name: 'Check the order',
      ContactFlowId: SAMPLE.contactFlow,
      References: { Order: { Type: 'STRING', Value: '1001' } },
      Attachments: [{ FileName, S3Url }],
    }),
  );
  await emulator.test.engine.attachments?.settled();
  const { ReferenceSummaryList } = await client.send(
    new ListContactReferencesCommand({ InstanceId, ContactId, ReferenceTypes: ['ATTACHMENT'] }),
  );
  const FileId = ReferenceSummaryList?.[0]?.Attachment?.Arn?.split('/').at(-1);
  const AssociatedResourceArn = `${SAMPLE.instanceArn}/contact/${ContactId}`;
  return { client, S3Url, FileId, AssociatedResourceArn, ReferenceSummaryList };
}

describe("An attachment through AWS's own SDK", () => {
  it('is uploaded, approved and downloaded', async () => {
    await using emulator = await startEmulator();
    const { client, FileId, AssociatedResourceArn, ReferenceSummaryList } = await attach(emulator);
    const Arn = `${SAMPLE.instanceArn}/file/${FileId}`;
    expect(ReferenceSummaryList).toEqual([
      { Attachment: { Name: 'Order Ä.pdf', Value: FileId, Status: 'APPROVED', Arn } },
    ]);
    const file = await client.send(
      new GetAttachedFileCommand({ InstanceId, FileId, AssociatedResourceArn, UrlExpiryInSeconds: 60 }),
    );
    expect(file).toMatchObject({
      FileArn: Arn,
      FileId,
      FileName: 'Order Ä.pdf',
      FileStatus: 'APPROVED',
      FileSizeInBytes: 9,
      FileUseCaseType: 'ATTACHMENT',
      CreationTime: new Date(NOW).toISOString(),
      AssociatedResourceArn,
      DownloadUrlMetadata: { UrlExpiry: new Date(Math.ceil(NOW / 1000) * 1000 + 60_000).toISOString() },
    });
    const answer = await fetch(String(file.DownloadUrlMetadata?.Url));
    expect([answer.status, await answer.text()]).toEqual([200, 'the order']);
    expect(answer.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''Order%20%C3%84.pdf");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });

  it('has no address before its approval', async () => {
    await using emulator = await startEmulator();
    const client = emulator.client();
    const { ContactId } = await client.send(
      new StartTaskContactCommand({
        InstanceId,
        Name: 'Check the order',
        ContactFlowId: SAMPLE.contactFlow,
        Attachments: [{ FileName: 'order.pdf', S3Url: 'https://files.example.com/order.pdf' }],
      }),
    );
    await emulator.test.engine.attachments?.settled();
    const ids = { InstanceId, ContactId };
    const { ReferenceSummaryList } = await client.send(
      new ListContactReferencesCommand({ ...ids, ReferenceTypes: ['ATTACHMENT', 'STRING'] }),
    );
    const [reference] = ReferenceSummaryList ?? [];
    expect(reference?.Attachment?.Status).toBe('FAILED');
    const file = await client.send(
      new GetAttachedFileCommand({
        InstanceId,
        FileId: reference?.Attachment?.Value,
        AssociatedResourceArn: `${SAMPLE.instanceArn}/contact/${ContactId}`,
      }),
    );
    expect([file.FileStatus, file.DownloadUrlMetadata]).toEqual(['FAILED', undefined]);
  });

  it('is not found for another contact, and refused for another resource', async () => {
    await using emulator = await startEmulator();
    const { client, FileId, AssociatedResourceArn } = await attach(emulator);
    const get = (members: object) =>
      client.send(new GetAttachedFileCommand({ InstanceId, FileId, AssociatedResourceArn, ...members }));
    await expect(get({ FileId: UNKNOWN_ID })).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(
      get({ AssociatedResourceArn: `${SAMPLE.instanceArn}/contact/${SAMPLE.voiceContact}` }),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(get({ AssociatedResourceArn: `${SAMPLE.instanceArn}/queue/1` })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('AssociatedResourceArn'),
    });
    await expect(get({ UrlExpiryInSeconds: 1 })).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: expect.stringContaining('5 to 300 seconds'),
    });
  });

  it.each([
    ['none', [], 'InvalidParameterException', 'Attachments: expected 1 to 5'],
    [
      'a long address',
      [{ FileName: 'a.pdf', S3Url: `https://a.example/${'u'.repeat(2000)}` }],
      'InvalidParameterException',
      'Attachments[0].S3Url',
    ],
    [
      'an empty name',
      [{ FileName: '', S3Url: 'https://a.example/' }],
      'InvalidParameterException',
      'Attachments[0].FileName',
    ],
    [
      'another type',
      [{ FileName: 'a.exe', S3Url: 'https://a.example/' }],
      'InvalidRequestException',
      'Attachments[0].FileName',
    ],
  ])('is refused for %s', async (_what, Attachments, name, message) => {
    await using emulator = await startEmulator();
    const creation = emulator
      .client()
      .send(new StartTaskContactCommand({ InstanceId, Name: 'n', ContactFlowId: SAMPLE.contactFlow, Attachments }));
    await expect(creation).rejects.toMatchObject({ name, message: expect.stringContaining(message) });
  });
});

describe('The upload address of the emulator', () => {
  it('takes one file', async () => {
    await using emulator = await startEmulator();
    const url = await uploadAddress(emulator);
    const put = () => fetch(url, { method: 'PUT', body: 'x' });
    expect([(await put()).status, (await put()).status]).toEqual([200, 403]);
    expect((await fetch(`${url.slice(0, -4)}aaaa`, { method: 'PUT', body: 'x' })).status).toBe(403);
  });

  it('refuses an empty file and one beyond the maximum size', async () => {
    await using emulator = await startEmulator({ attachments: { maxBytes: 10 } });
    for (const body of ['x'.repeat(11), '']) {
      const put = await fetch(await uploadAddress(emulator), { method: 'PUT', body });
      expect([put.status, await put.json()]).toEqual([
        400,
        { __type: 'InvalidParameterException', Message: 'A file must have 1 to 10 bytes.' },
      ]);
    }
  });

  it('serves callers on this machine only', async () => {
    await using emulator = await startEmulator();
    const { status } = await send(emulator.url, 'POST', `${CONTROLS_PATH}/attachments`, undefined, {
      'x-forwarded-for': '203.0.113.1',
    });
    expect(status).toBe(403);
  });

  it('states the setting if the engine keeps no attachments', async () => {
    await using emulator = await startEmulator({ attachments: null });
    const { status, json } = await send(emulator.url, 'POST', `${CONTROLS_PATH}/attachments`);
    expect([status, json.Message]).toEqual([400, 'This engine keeps no attachments. Set CONNECT_ATTACHMENTS_FOLDER.']);
  });
});

describe('The download address of the emulator', () => {
  it.each(['', '?expires=99999999999', '?expires=99999999999&signature=a', '?expires=1&expires=2&signature=a'])(
    'refuses the parameters %j',
    async (query) => {
      await using emulator = await startEmulator();
      const { FileId, AssociatedResourceArn } = await attach(emulator);
      const contactId = AssociatedResourceArn.split('/').at(-1);
      const answer = await fetch(`${emulator.url}/attachments/${InstanceId}/${contactId}/${FileId}${query}`);
      expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('has ended or is not valid')]);
    },
  );

  it('is absent if no server serves the files', async () => {
    await using test = await openTestEngine({ attachments: { url: undefined } });
    const found = await test.engine.attachments?.downloadUrl(
      { instanceId: InstanceId, contactId: UNKNOWN_ID, fileId: UNKNOWN_ID },
      5,
    );
    expect(found).toBeUndefined();
  });
});
