import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { sendRaw } from '../support/raw-http.js';
import { send, startTestWire, type TestWire } from '../support/wire.js';

const { instanceId, contactFlow, voiceContact } = SAMPLE;
const task = { InstanceId: instanceId, Name: 'Call back', ContactFlowId: contactFlow };

let wire: TestWire;
beforeAll(async () => {
  wire = await startTestWire({ quotas: { activeTasks: 1_000_000 } });
});
afterAll(async () => await wire[Symbol.asyncDispose]());

const start = (body: unknown) =>
  send(wire.url, 'PUT', '/contact/task', typeof body === 'string' ? body : JSON.stringify(body));

/** Sends a path as it is: fetch would tidy it. */
async function get(path: string): Promise<readonly [status: number, type: string | undefined]> {
  const text = await sendRaw(wire.port, `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
  return [Number(text.split(' ')[1]), /x-amzn-errortype: (.*)\r/.exec(text)?.[1]];
}

describe('An answer', () => {
  it('has a request id, and JSON', async () => {
    const answer = await start(task);
    expect(answer).toMatchObject({ status: 200, type: null, json: { ContactId: expect.any(String) } });
    expect(answer.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('has its type in header and body, a message, and nothing else', async () => {
    const answer = await send(wire.url, 'GET', `/contacts/${instanceId}/${UNKNOWN_ID}`);
    expect(answer).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
    expect(answer.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json).toEqual({
      __type: 'ResourceNotFoundException',
      Message: 'Contact not found. Check ContactId: it must be an id of this instance.',
    });
  });

  it('reports times in seconds with their fraction, and leaves absent members out', async () => {
    const { json } = await start(task);
    const described = await send(wire.url, 'GET', `/contacts/${instanceId}/${json.ContactId}`);
    const contact = described.json.Contact as Readonly<Record<string, unknown>>;
    expect(contact.InitiationTimestamp).toBe(Date.UTC(2026, 5, 1, 12) / 1000 + 0.25);
    for (const absent of ['PreviousContactId', 'Tags', 'DisconnectTimestamp'])
      expect(contact).not.toHaveProperty(absent);
  });
});

describe('A body', () => {
  const depth = 200_000;
  it.each<readonly [what: string, body: unknown, type: string]>([
    ['malformed JSON', '{"InstanceId":', 'SerializationException'],
    ['NaN', '{"ScheduledTime": NaN}', 'SerializationException'],
    ['no object', '[]', 'SerializationException'],
    ['null', 'null', 'SerializationException'],
    ['deep JSON', `${'['.repeat(depth)}${']'.repeat(depth)}`, 'SerializationException'],
    ['deep JSON in a member', `{"Name": ${'['.repeat(depth)}${']'.repeat(depth)}}`, 'SerializationException'],
    ['a number for a string', { ...task, Name: 1 }, 'SerializationException'],
    ['a list for a map', { ...task, Attributes: [] }, 'SerializationException'],
    ['null in a map', { ...task, Attributes: { a: null } }, 'SerializationException'],
    ['a text for a time', { ...task, ScheduledTime: '2026-06-01T12:00:00Z' }, 'SerializationException'],
    ['a number beyond every number', `{"Name": "x", "ScheduledTime": 1e999}`, 'SerializationException'],
    ['a time beyond every date', { ...task, ScheduledTime: 1e300 }, 'InvalidRequestException'],
    ['a reference without a type', { ...task, References: { a: { Value: 'x' } } }, 'InvalidParameterException'],
    ['an ATTACHMENT', { ...task, References: { a: { Type: 'ATTACHMENT', Value: '' } } }, 'InvalidRequestException'],
    ['a wrong type beside a missing member', { Name: 1 }, 'SerializationException'],
    ['nothing', '{}', 'InvalidParameterException'],
    ['a member that objects inherit', '{"__proto__": {"InstanceId": "x", "Name": "y"}}', 'InvalidParameterException'],
    ['null for a required member', { ...task, Name: null }, 'InvalidParameterException'],
    ['a lone surrogate', `{"InstanceId": "${instanceId}", "Name": "\\ud800"}`, 'InvalidParameterException'],
    ['U+0000', { ...task, Name: '\0' }, 'InvalidParameterException'],
    ['a fraction for minutes', { ...task, SegmentAttributes: expiry(1.5) }, 'SerializationException'],
    ['an expiry of no minutes', { ...task, SegmentAttributes: expiry(0) }, 'InvalidParameterException'],
    [
      'an expiry without minutes',
      { ...task, SegmentAttributes: { 'connect:ContactExpiry': {} } },
      'InvalidParameterException',
    ],
    [
      'both links',
      { ...task, PreviousContactId: voiceContact, RelatedContactId: voiceContact },
      'InvalidRequestException',
    ],
    ['attachments that are no list', { ...task, Attachments: 5 }, 'SerializationException'],
    [
      'an attachment without an address',
      { ...task, Attachments: [{ FileName: 'a.pdf' }] },
      'InvalidParameterException',
    ],
  ])('refuses a body with %s', async (_what, body, type) => {
    expect(await start(body)).toMatchObject({ status: 400, type });
  });

  it('refuses a body that is not UTF-8', async () => {
    const answer = await send(wire.url, 'PUT', '/contact/task', Uint8Array.of(0x7b, 0xff, 0x7d));
    expect(answer).toMatchObject({ status: 400, type: 'SerializationException' });
  });

  it('lists some of very many violations and counts the others', async () => {
    const Attributes = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`key ${index}`, '']));
    const { json } = await start({ ...task, Attributes });
    expect(json.Message).toMatch(/^Attributes\["key 0"\]: .* And 995 more\.$/);
  });

  it('refuses a body that is too large', async () => {
    const answer = await start({ ...task, Name: 'x'.repeat(1024 * 1024) });
    expect(answer).toMatchObject({ status: 413, type: 'RequestEntityTooLargeException' });
  });

  it('refuses a body of another type than JSON, as a browser sends it across sites', async () => {
    const body = JSON.stringify(task);
    const answer = await send(wire.url, 'PUT', '/contact/task', body, { 'content-type': 'text/plain' });
    expect(answer).toMatchObject({ status: 415, type: 'UnsupportedMediaTypeException' });
  });

  it('accepts unknown members, and null for absent ones', async () => {
    const answer = await start({ ...task, Unknown: { a: [1] }, Description: null });
    expect(answer).toMatchObject({ status: 200 });
  });

  it('accepts an attribute that is named __proto__', async () => {
    const { json } = await start(`{"InstanceId": "${instanceId}", "Name": "", "ContactFlowId": "${contactFlow}",
      "Attributes": {"__proto__": "kept"}}`);
    const answer = await fetch(`${wire.url}/contact/attributes/${instanceId}/${json.ContactId}`);
    expect(await answer.text()).toBe('{"Attributes":{"__proto__":"kept"}}');
  });
});

describe('A path', () => {
  it.each<readonly [path: string, status: number, type: string | undefined]>([
    [`/contacts/${instanceId}/${voiceContact}`, 200, undefined],
    [`/contacts//${voiceContact}`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/`, 400, 'InvalidParameterException'],
    ['/contacts//', 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/%zz`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/%ff`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/%ED%A0%80`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/%00`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/${'x'.repeat(257)}`, 400, 'InvalidParameterException'],
    [`/contacts/${instanceId}/..`, 404, 'ResourceNotFoundException'],
    [`/contacts/${instanceId}/..%2F${voiceContact}`, 404, 'ResourceNotFoundException'],
    [`/contacts/${encodeURIComponent(SAMPLE.instanceArn)}/${voiceContact}`, 200, undefined],
    [
      `/contacts/${instanceId}/${encodeURIComponent(`${SAMPLE.instanceArn}/queue/${voiceContact}`)}`,
      400,
      'InvalidParameterException',
    ],
    [`/contacts/${SAMPLE.instanceArn}/${voiceContact}`, 404, 'UnknownOperationException'],
    [`//contacts/${instanceId}/${voiceContact}`, 404, 'UnknownOperationException'],
    [`/Contacts/${instanceId}/${voiceContact}`, 404, 'UnknownOperationException'],
    ['/', 404, 'UnknownOperationException'],
    ['/%', 400, 'InvalidParameterException'],
    ['*', 404, 'UnknownOperationException'],
    ['/contact/task', 404, 'UnknownOperationException'],
    [`/contact/references/${instanceId}/${voiceContact}`, 400, 'InvalidParameterException'],
    [`/contact/references/${instanceId}/${voiceContact}?referenceTypes=`, 400, 'InvalidParameterException'],
    [`/contact/references/${instanceId}/${voiceContact}?referenceTypes=URL&referenceTypes=URL`, 200, undefined],
    [
      `/contact/references/${instanceId}/${voiceContact}?${'referenceTypes=URL&'.repeat(7)}`,
      400,
      'InvalidParameterException',
    ],
    [
      `/contact/references/${instanceId}/${voiceContact}?referenceTypes=URL&nextToken=x`,
      400,
      'InvalidParameterException',
    ],
    [
      `/contact/references/${instanceId}/${voiceContact}?referenceTypes=URL&nextToken=&nextToken=`,
      400,
      'InvalidParameterException',
    ],
  ])('%s answers %i %s', async (path, status, type) => {
    const [answered, ofType] = await get(path);
    expect([answered, type === undefined ? undefined : ofType]).toEqual([status, type]);
  });

  it('is not looked at where the request is no HTTP at all', async () => {
    expect(await sendRaw(wire.port, 'nonsense\r\n\r\n')).toContain('x-amzn-errortype: SerializationException');
  });

  it('says so where the headers are too large', async () => {
    const answer = await sendRaw(wire.port, `GET / HTTP/1.1\r\nhost: x\r\nx: ${'x'.repeat(70_000)}\r\n\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
    expect(answer).toContain('x-amzn-errortype: SerializationException');
    expect(answer).toContain('The request headers are too large');
  });

  it('is answered where a large body follows what is no HTTP', async () => {
    const head = 'POST contact/stop HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2000000\r\n\r\n';
    for (let time = 0; time < 20; time++) {
      expect(await sendRaw(wire.port, head + 'x'.repeat(2_000_000))).toContain(
        'x-amzn-errortype: SerializationException',
      );
    }
  });

  it.each(['HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'PROPFIND'])('finds no operation for the method %s', async (method) => {
    const text = await sendRaw(
      wire.port,
      `${method} /contact/task HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`,
    );
    expect(text).toMatch(/^HTTP\/1.1 404 /);
    expect(text).toContain('x-amzn-errortype: UnknownOperationException');
  });
});

describe('Whatever comes', () => {
  const expectAnswer = (text: string) => {
    const status = Number(text.split(' ')[1]);
    expect(status).toBeLessThan(500);
    expect(text).toContain('x-amzn-requestid:');
    if (status !== 200) expect(text).toContain('x-amzn-errortype:');
  };

  it('answers anything in a path in the form of the API', async () => {
    const segment = fc.oneof(
      fc.constantFrom('', '.', '..', '%2F', '%', '%zz', '%00', 'contacts', 'contact', 'task', instanceId, voiceContact),
      fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) }),
      fc.string({ unit: 'grapheme' }).map(encodeURIComponent),
    );
    const path = fc.oneof(
      fc.array(segment, { maxLength: 6 }).map((segments) => `/${segments.join('/')}`),
      fc
        .tuple(fc.constantFrom('/contacts', '/contact/attributes', '/contact/references'), segment, segment, segment)
        .map(([first, ...rest]) => `${first}/${rest.slice(0, 2).join('/')}?referenceTypes=${rest[2]}`),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('GET', 'DELETE', 'PUT', 'POST'), path, async (method, target) => {
        expectAnswer(
          await sendRaw(
            wire.port,
            `${method} ${target} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`,
          ),
        );
      }),
      { numRuns: 300 },
    );
  });
});

function expiry(minutes: number) {
  return { 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: minutes } } } };
}
