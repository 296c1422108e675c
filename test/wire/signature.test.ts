import { Sha256 } from '@aws-crypto/sha256-js';
import { DescribeContactCommand, StartTaskContactCommand, UntagContactCommand } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import { MINUTE, SAMPLE } from '../support/engine.js';
import { sendRaw } from '../support/raw-http.js';
import { send, startTestWire, type TestWire } from '../support/wire.js';

const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret/of+this=test' };
const path = `/contacts/${SAMPLE.instanceId}/${SAMPLE.voiceContact}`;

/** A signature that is well-formed, and nothing else. */
const FORGED = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/20260601/us-east-1/connect/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`;

let skew = 0;
let wire: TestWire;
beforeAll(async () => {
  wire = await startTestWire({ credentials, signingClock: () => Date.now() + skew });
});
afterAll(async () => await wire[Symbol.asyncDispose]());

const describeVoice = new DescribeContactCommand({ InstanceId: SAMPLE.instanceId, ContactId: SAMPLE.voiceContact });
const withStatus = (name: string, status = 403) => ({ name, $metadata: { httpStatusCode: status } });

describe('A wire with access keys', () => {
  it('takes what was signed with them: bodies, encoded ARNs in the path, repeated keys in the query', async () => {
    const client = wire.client({ credentials });
    const InstanceId = SAMPLE.instanceArn;
    const { ContactId = '' } = await client.send(
      new StartTaskContactCommand({ InstanceId, Name: 'é ✓', ContactFlowId: SAMPLE.contactFlow }),
    );
    const arn = `${InstanceId}/contact/${ContactId}`;
    const { Contact } = await client.send(new DescribeContactCommand({ InstanceId, ContactId: arn }));
    expect(Contact?.Name).toBe('é ✓');
    await client.send(new UntagContactCommand({ InstanceId, ContactId: arn, TagKeys: ['b+=', 'a/b', 'a'] }));
  });

  it('takes a session token that was signed along', async () => {
    await wire.client({ credentials: { ...credentials, sessionToken: 'session' } }).send(describeVoice);
  });

  it('refuses another secret, another key, and none', async () => {
    await expect(
      wire.client({ credentials: { ...credentials, secretAccessKey: 'other' } }).send(describeVoice),
    ).rejects.toMatchObject(withStatus('InvalidSignatureException'));
    await expect(
      wire.client({ credentials: { ...credentials, accessKeyId: 'OTHER' } }).send(describeVoice),
    ).rejects.toMatchObject(withStatus('UnrecognizedClientException'));
    expect(await send(wire.url, 'GET', path)).toMatchObject({
      status: 403,
      type: 'MissingAuthenticationTokenException',
    });
  });

  it('refuses what is unsigned before it reads what is asked', async () => {
    for (const [method, target] of [
      ['PUT', '/contact/task'],
      ['GET', '/nowhere'],
    ] as const) {
      expect(await send(wire.url, method, target, method === 'PUT' ? '{' : undefined)).toMatchObject({ status: 403 });
    }
  });

  it.each([
    ['a forged signature', FORGED, 'InvalidSignatureException'],
    ['another service', FORGED.replace('/connect/', '/s3/'), 'InvalidSignatureException'],
    ['another date in the scope', FORGED.replace('20260601', '20260602'), 'InvalidSignatureException'],
    ['a host that is not covered', FORGED.replace('host;', ''), 'InvalidSignatureException'],
    ['Basic', 'Basic eDp5', 'IncompleteSignatureException'],
    ['no signature', FORGED.replace(/, Signature.*/, ''), 'IncompleteSignatureException'],
  ])('refuses %s', async (_what, authorization, type) => {
    const amzDate = '20260601T120000Z';
    await using frozen = await startTestWire({ credentials, signingClock: () => Date.UTC(2026, 5, 1, 12) });
    expect(await send(frozen.url, 'GET', path, undefined, { authorization, 'x-amz-date': amzDate })).toMatchObject({
      status: 403,
      type,
    });
    expect(await send(frozen.url, 'GET', path, undefined, { authorization })).toMatchObject({ status: 403 });
  });

  it.each([
    [4 * MINUTE, true],
    [-4 * MINUTE, true],
    [6 * MINUTE, false],
    [-6 * MINUTE, false],
  ])('takes signatures from within 5 minutes of its clock: %i ms, %s', async (difference, taken) => {
    skew = difference;
    try {
      const call = wire.client({ credentials }).send(describeVoice);
      if (taken) await call;
      else await expect(call).rejects.toMatchObject(withStatus('InvalidSignatureException'));
    } finally {
      skew = 0;
    }
  });

  it('refuses a body that was changed on the way', async () => {
    const client = wire.client({ credentials });
    client.middlewareStack.add(
      (next) => (args) => {
        (args.request as { body: string }).body = JSON.stringify({ Name: 'other' });
        return next(args);
      },
      { step: 'deserialize', priority: 'low' },
    );
    const command = new StartTaskContactCommand({ InstanceId: SAMPLE.instanceId, Name: 'Name!', QuickConnectId: 'x' });
    client.middlewareStack.remove('contentLengthMiddleware');
    await expect(client.send(command)).rejects.toMatchObject(withStatus('InvalidSignatureException'));
  });
});

describe('A signature without x-amz-content-sha256, as boto3 and AWS CLI make it', () => {
  const signer = new SignatureV4({
    service: 'connect',
    region: 'us-east-1',
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  const body = JSON.stringify({
    InstanceId: SAMPLE.instanceId,
    Name: 'Call back',
    ContactFlowId: SAMPLE.contactFlow,
  });

  async function sendSigned(sentBody: string, change: Readonly<Record<string, string>> = {}) {
    const { headers } = await signer.sign({
      method: 'PUT',
      protocol: 'http:',
      hostname: '127.0.0.1',
      path: '/contact/task',
      headers: { host: `127.0.0.1:${wire.port}`, 'content-type': 'application/json' },
      body,
    });
    const { host: _host, ...others } = headers;
    return send(wire.url, 'PUT', '/contact/task', sentBody, { ...others, ...change });
  }

  it('is taken', async () => {
    expect(await sendSigned(body)).toMatchObject({ status: 200 });
  });

  it('is refused with another body, and with another header that it covers', async () => {
    const refused = { status: 403, type: 'InvalidSignatureException' };
    expect(await sendSigned(body.replace('back', 'me'))).toMatchObject(refused);
    expect(await sendSigned(body, { 'content-type': 'application/json; charset=utf-8' })).toMatchObject(refused);
    expect(await sendSigned(body, { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' })).toMatchObject(refused);
  });
});

describe('A wire without access keys', () => {
  it('takes any well-formed signature, and none, but nothing else', async () => {
    await using open = await startTestWire();
    const ask = (authorization?: string) =>
      send(open.url, 'GET', path, undefined, authorization === undefined ? {} : { authorization });
    expect((await ask()).status).toBe(200);
    expect((await ask(FORGED)).status).toBe(200);
    expect(await ask('Bearer x')).toMatchObject({ status: 403, type: 'IncompleteSignatureException' });
  });
});

describe('Where any signature is taken, none is', () => {
  it.each([
    ['of a page of another site', '127.0.0.1', 'origin: https://evil.example.com'],
    ['of a sandboxed page', 'localhost', 'origin: null'],
    ['by a name that resolves to this machine', 'rebound.example.com:4100', 'accept: */*'],
  ])('%s', async (_what, host, header) => {
    await using open = await startTestWire();
    const path = `/contact-flows-summary/${SAMPLE.instanceId}`;
    const head = (name: string, line: string) =>
      `GET ${path} HTTP/1.1\r\nhost: ${name}\r\n${line}\r\nconnection: close\r\n\r\n`;
    const refused = await sendRaw(open.port, head(host, header));
    expect(refused).toMatch(/^HTTP\/1.1 403 /);
    expect(refused).toContain('x-amzn-errortype: AccessDeniedException');
    expect(refused).not.toContain('ContactFlowSummaryList');
    expect(await sendRaw(open.port, head('localhost', 'origin: http://localhost:5173'))).toMatch(/^HTTP\/1.1 200 /);
  });
});
