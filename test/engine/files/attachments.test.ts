import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAllowedHosts } from '../../../src/engine/files/allowed-hosts.js';
import {
  DAY,
  HOUR,
  MINUTE,
  NOW,
  openTestEngine,
  refusal,
  SAMPLE,
  type TestEngine,
  UNKNOWN_ID,
} from '../../support/engine.js';
import { startFileHost } from '../../support/file-host.js';

const { instanceId } = SAMPLE;

/** The attachments of a contact, once none is on its way. */
async function attachmentsOf({ engine }: TestEngine, id: string) {
  await engine.attachments?.settled();
  const [references] = await engine.listReferences({ instanceId, contactIds: [id] });
  if (!references || references instanceof Error) throw new Error(`No references of ${id}`);
  return references.filter(({ type }) => type === 'ATTACHMENT');
}

async function statuses(test: TestEngine, id: string): Promise<readonly (string | undefined)[]> {
  return (await attachmentsOf(test, id)).map(({ status }) => status);
}

/** Uploads a file to the engine itself; returns the address of it. */
async function uploaded({ engine }: TestEngine, text: string): Promise<string> {
  const folder = engine.attachments?.folder;
  const token = await folder?.openUpload();
  await folder?.upload(String(token), bytes(text), 1000);
  return `http://localhost:4100/_emulator/attachments/${token}`;
}

async function* bytes(text: string) {
  yield Buffer.from(text);
}

const one = (url: string, fileName = 'order.pdf') => ({ attachments: [{ fileName, url }] });
const file = (test: TestEngine, contactId: string, fileId: string, seconds?: number) =>
  test.engine.getAttachedFile({
    instanceId,
    fileId,
    associatedResourceArn: `${SAMPLE.instanceArn}/contact/${contactId}`,
    ...(seconds !== undefined && { urlExpiryInSeconds: seconds }),
  });

/** The text of a download address, by the engine itself; undefined if it is refused. */
async function download({ engine }: TestEngine, url: string): Promise<string | undefined> {
  const { pathname, searchParams } = new URL(url);
  const [instance = '', contactId = '', fileId = ''] = pathname.split('/').slice(2).map(decodeURIComponent);
  const expires = searchParams.get('expires') ?? '';
  const signature = searchParams.get('signature') ?? '';
  const opened = await engine.attachments?.open({ instanceId: instance, contactId, fileId, expires, signature });
  if (opened === undefined) return undefined;
  const text = await opened.file.readFile('utf8');
  await opened.file.close();
  return text;
}

describe('An attachment of a new task', () => {
  it('is fetched from a listed host, approved, and read back by a signed address', async () => {
    await using host = await startFileHost((_request, response) => response.end('the order'));
    await using test = await openTestEngine({ attachments: { hosts: parseAllowedHosts(host.host) } });
    const id = await test.start(one(`${host.url}/order.pdf?X-Amz-Signature=secret`));
    const [reference] = await attachmentsOf(test, id);
    const fileId = String(reference?.value);
    expect(reference).toEqual({
      name: 'order.pdf',
      type: 'ATTACHMENT',
      value: fileId,
      status: 'APPROVED',
      arn: `${SAMPLE.instanceArn}/file/${fileId}`,
    });
    const found = await file(test, id, fileId);
    expect(found).toMatchObject({ name: 'order.pdf', status: 'APPROVED', sizeBytes: 9, createdAt: new Date(NOW) });
    expect(found.downloadUrlExpiresAt).toEqual(new Date(Math.ceil(NOW / 1000) * 1000 + 300_000));
    expect(await download(test, String(found.downloadUrl))).toBe('the order');
    expect(host.calls).toEqual(['/order.pdf?X-Amz-Signature=secret']);
  });

  it('is in process until its file has come', async () => {
    let answer = () => {};
    await using host = await startFileHost((_request, response) => {
      answer = () => response.end('late');
    });
    await using test = await openTestEngine({ attachments: { hosts: parseAllowedHosts(host.host) } });
    const id = await test.start(one(host.url));
    const [reference] = (await test.contact(id)).references ?? [];
    expect(reference?.status).toBe('PROCESSING');
    const early = await file(test, id, String(reference?.value));
    expect([early.status, early.sizeBytes, early.downloadUrl]).toEqual(['PROCESSING', 0, undefined]);
    // The host may be called after the task is read.
    while (host.calls.length === 0) await new Promise(setImmediate);
    answer();
    expect(await statuses(test, id)).toEqual(['APPROVED']);
  });

  it('fails without a call if the setting lists no host', async () => {
    await using host = await startFileHost((_request, response) => response.end('secret of this network'));
    await using test = await openTestEngine();
    const id = await test.start(one(host.url));
    expect(await statuses(test, id)).toEqual(['FAILED']);
    expect(host.calls).toEqual([]);
  });

  it.each([
    ['a redirect', 302, { location: 'http://127.0.0.1/' }],
    ['a refusal', 403, {}],
    ['a part', 206, {}],
  ])('fails by %s', async (_what, status, headers) => {
    await using host = await startFileHost((_request, response) => response.writeHead(status, headers).end('x'));
    await using test = await openTestEngine({ attachments: { hosts: parseAllowedHosts(host.host) } });
    expect(await statuses(test, await test.start(one(host.url)))).toEqual(['FAILED']);
    expect(host.calls).toHaveLength(1);
  });

  it('fails if a listed name leads to an address that is not listed', async () => {
    await using host = await startFileHost((_request, response) => response.end('x'));
    const port = new URL(host.url).port;
    await using test = await openTestEngine({ attachments: { hosts: parseAllowedHosts(`localhost:${port}`) } });
    expect(await statuses(test, await test.start(one(`http://localhost:${port}/a.pdf`)))).toEqual(['FAILED']);
    expect(host.calls).toEqual([]);
    await using other = await openTestEngine({
      attachments: { hosts: parseAllowedHosts(`localhost:${port},127.0.0.0/8`) },
    });
    expect(await statuses(other, await other.start(one(`http://localhost:${port}/a.pdf`)))).toEqual(['APPROVED']);
  });

  it('is rejected beyond the maximum size, while it comes, and leaves no file', async () => {
    await using host = await startFileHost((request, response) => {
      if (request.url === '/fits.pdf') response.end('x'.repeat(100));
      else if (request.url === '/empty.pdf') response.end();
      // Without an end: only a bound on what comes ends the fetch.
      else response.write('x'.repeat(101));
    });
    const hosts = parseAllowedHosts(host.host);
    await using test = await openTestEngine({ attachments: { hosts, maxBytes: 100 } });
    const paths = ['fits.pdf', 'long.pdf', 'empty.pdf'];
    const attachments = paths.map((fileName) => ({ fileName, url: `${host.url}/${fileName}` }));
    const id = await test.start({ attachments });
    expect(await statuses(test, id)).toEqual(['APPROVED', 'REJECTED', 'REJECTED']);
    const folder = join(`${test.file}-attachments`, 'files', instanceId, id);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('states its failure without the secret part of its address', async () => {
    const failures: unknown[] = [];
    await using test = await openTestEngine({ attachments: { onFailed: (failure) => failures.push(failure) } });
    const id = await test.start(one('https://files.example.com/a.pdf?X-Amz-Signature=secret'));
    await test.engine.attachments?.settled();
    expect(failures).toMatchObject([{ contactId: id, status: 'FAILED' }]);
    expect(String((failures[0] as { error: Error }).error)).toContain('files.example.com');
    expect(String((failures[0] as { error: Error }).error)).not.toContain('secret');
    expect(JSON.stringify(test.rows('select * from contact'))).not.toContain('secret');
  });

  it('has failed if its process ended before the file came', async () => {
    await using test = await openTestEngine();
    const id = await test.start();
    await test.close();
    const stored = [{ id: UNKNOWN_ID, name: 'a.pdf', status: 'PROCESSING', size: 0 }];
    test.write(`update contact set attachments = '${JSON.stringify(stored)}' where id = '${id}'`);
    await test.reopen();
    expect(await statuses(test, id)).toEqual(['PROCESSING']);
    test.clock.now += 5 * MINUTE;
    expect(await statuses(test, id)).toEqual(['FAILED']);
  });

  it('is approved when the engine closes while it waits for approval', async () => {
    await using test = await openTestEngine({ attachments: { approvalMs: HOUR } });
    const id = await test.start(one(await uploaded(test, 'x')));
    await test.reopen();
    expect(await statuses(test, id)).toEqual(['APPROVED']);
  });

  it('is the same one for a repeat with the same token, and read once', async () => {
    await using host = await startFileHost((_request, response) => response.end('x'));
    await using test = await openTestEngine({ attachments: { hosts: parseAllowedHosts(host.host) } });
    const members = { ...one(host.url), clientToken: 'token' };
    const id = await test.start(members);
    expect(await test.start(members)).toBe(id);
    expect(await statuses(test, id)).toEqual(['APPROVED']);
    expect(host.calls).toHaveLength(1);
    const other = await refusal(test.start({ ...one(`${host.url}/other`), clientToken: 'token' }));
    expect(other.code).toBe('IdempotencyException');
  });

  it('goes with a transferred task, and stays when the first contact goes', async () => {
    await using test = await openTestEngine();
    const id = await test.start(one(await uploaded(test, 'kept')));
    const { contactId } = await test.engine.transferContact({
      instanceId,
      contactId: id,
      contactFlowId: SAMPLE.contactFlow,
    });
    const [reference] = await attachmentsOf(test, contactId);
    await test.engine.attachments?.folder.remove(instanceId, id);
    const { downloadUrl } = await file(test, contactId, String(reference?.value));
    expect(await download(test, String(downloadUrl))).toBe('kept');
  });

  it.each([
    [
      'a sixth',
      {
        attachments: Array.from({ length: 6 }, (_, index) => ({
          fileName: `${index}.pdf`,
          url: 'https://example.com',
        })),
      },
      [['api/attachment-count', ['attachments'], 'at most 5 attachments', '6 attachments']],
    ],
    [
      'names and addresses of a wrong length',
      { attachments: [{ fileName: `${'n'.repeat(253)}.pdf`, url: `https://example.com/${'u'.repeat(1981)}` }] },
      [
        ['api/attachment-name-length', ['attachments', 0, 'fileName'], '1 to 256 characters', '257 characters'],
        ['api/attachment-url-length', ['attachments', 0, 'url'], '1 to 2000 characters', '2001 characters'],
      ],
    ],
    [
      'an invisible character',
      one('https://example.com', 'a\u202Efdp.exe.pdf'),
      [['api/attachment-name-visible', ['attachments', 0, 'fileName'], expect.any(String), 'U+202E']],
    ],
    [
      'another scheme',
      one('file:///etc/passwd'),
      [['engine/attachment-url', ['attachments', 0, 'url'], expect.any(String), 'a text of another form']],
    ],
    [
      'a user in the address',
      one('https://user:secret@example.com/a.pdf'),
      [['engine/attachment-url', ['attachments', 0, 'url'], expect.any(String), 'a text of another form']],
    ],
  ])('refuses %s, and stores nothing', async (_what, members, expected) => {
    await using test = await openTestEngine();
    const before = test.count('select count(*) from contact');
    const fault = await refusal(test.start(members));
    const { violations } = fault as unknown as {
      violations: { rule: string; path: unknown; limit: string; actual: string }[];
    };
    expect([fault.code, violations.map(({ rule, path, limit, actual }) => [rule, path, limit, actual])]).toEqual([
      'InvalidParameterException',
      expected,
    ]);
    expect(test.count('select count(*) from contact')).toBe(before);
    expect(existsSync(`${test.file}-attachments`)).toBe(false);
  });

  it.each(['run.exe', 'file', '.pdf.', 'a.pdfs'])('refuses the type of %s as an invalid request', async (name) => {
    await using test = await openTestEngine();
    expect(await refusal(test.start(one('https://example.com', name)))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule: 'engine/attachment-type', path: ['attachments', 0, 'fileName'] }],
    });
  });

  it('accepts a type in upper case', async () => {
    await using test = await openTestEngine();
    await test.start(one('https://example.com', 'SCAN.PDF'));
  });

  it('is refused by an engine without a folder, with the setting to change', async () => {
    await using test = await openTestEngine({ attachments: null });
    const fault = await refusal(test.start(one('https://example.com')));
    expect(fault).toMatchObject({
      code: 'InvalidRequestException',
      message: expect.stringContaining('CONNECT_ATTACHMENTS_FOLDER'),
      violations: [{ rule: 'engine/attachments-kept', path: ['attachments'] }],
    });
    await test.start({ attachments: [] });
  });
});

describe('A download address', () => {
  it('ends when it says, and holds for no other file', async () => {
    await using test = await openTestEngine();
    const id = await test.start(one(await uploaded(test, 'x')));
    const [reference] = await attachmentsOf(test, id);
    const { downloadUrl = '' } = await file(test, id, String(reference?.value), 5);
    expect(await download(test, downloadUrl)).toBe('x');
    expect(await download(test, downloadUrl.replace(id, UNKNOWN_ID))).toBeUndefined();
    expect(await download(test, downloadUrl.replace(/expires=\d+/, 'expires=99999999999'))).toBeUndefined();
    expect(await download(test, downloadUrl.replace(/signature=.*/, 'signature='))).toBeUndefined();
    test.clock.now += 6000;
    expect(await download(test, downloadUrl)).toBeUndefined();
  });

  it('holds after a restart, by a key that only this user reads', async () => {
    await using test = await openTestEngine();
    const id = await test.start(one(await uploaded(test, 'x')));
    const [reference] = await attachmentsOf(test, id);
    const { downloadUrl = '' } = await file(test, id, String(reference?.value));
    await test.reopen();
    expect(await download(test, downloadUrl)).toBe('x');
    expect(statSync(join(`${test.file}-attachments`, 'key')).mode & 0o777).toBe(0o600);
  });

  it.each([
    [4, 'api/url-expiry-range'],
    [301, 'api/url-expiry-range'],
  ])('is refused for %d seconds', async (seconds, rule) => {
    await using test = await openTestEngine();
    expect(await refusal(file(test, SAMPLE.voiceContact, UNKNOWN_ID, seconds))).toMatchObject({
      code: 'InvalidRequestException',
      violations: [{ rule }],
    });
  });

  it('needs a file of that contact', async () => {
    await using test = await openTestEngine();
    const id = await test.start(one(await uploaded(test, 'x')));
    const [reference] = await attachmentsOf(test, id);
    const other = await test.start();
    expect(await refusal(file(test, other, String(reference?.value)))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'FILE',
    });
    expect(await refusal(file(test, UNKNOWN_ID, UNKNOWN_ID))).toMatchObject({ resource: 'CONTACT' });
  });
});

describe('The folder of attachments', () => {
  it('loses the files of contacts that are past their retention', async () => {
    await using test = await openTestEngine({ retentionMs: 7 * DAY });
    const id = await test.start(one(await uploaded(test, 'x')));
    await test.engine.attachments?.settled();
    await test.engine.stopContact({ instanceId, contactId: id });
    const kept = await test.start({ expiryMinutes: 129_600 });
    const folder = join(`${test.file}-attachments`, 'files', instanceId, id);
    await test.engine.attachments?.sweep();
    expect(existsSync(folder)).toBe(true);
    test.clock.now += 8 * DAY;
    await test.engine.attachments?.sweep();
    expect([existsSync(folder), (await test.contact(kept)).id]).toEqual([false, kept]);
  });

  it('takes an upload once', async () => {
    await using test = await openTestEngine();
    const folder = test.engine.attachments?.folder;
    const token = String(await folder?.openUpload());
    expect(await folder?.upload(token, bytes('first'), 100)).toBe(5);
    expect(await folder?.upload(token, bytes('again'), 100)).toBeUndefined();
    const id = await test.start(one(`http://127.0.0.1/_emulator/attachments/${token}`));
    expect(await statuses(test, id)).toEqual(['APPROVED']);
    const second = await test.start(one(`http://127.0.0.1/_emulator/attachments/${token}`));
    expect(await statuses(test, second)).toEqual(['FAILED']);
    const [reference] = await attachmentsOf(test, id);
    const path = join(`${test.file}-attachments`, 'files', instanceId, id, String(reference?.value));
    expect(readFileSync(path, 'utf8')).toBe('first');
  });
});
