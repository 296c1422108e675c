import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { Connect } from '../../src/connect/connect.js';
import type { ConnectFault } from '../../src/connect/errors.js';
import { policies } from '../../src/policies/policies.js';
import { openAt, openScriptedAws, type Scripted, type ScriptedRequest } from '../support/aws.js';
import { HOUR, MINUTE, refusal, request, SAMPLE } from '../support/engine.js';
import { everyRate } from '../support/policies.js';

const { instanceId, contactFlow: contactFlowId } = SAMPLE;
const MADE = '{"ContactId":"made"}';
const MIB = 1024 ** 2;

/** Every method that creates something. */
const CREATIONS: Readonly<Record<string, (connect: Connect) => Promise<unknown>>> = {
  startTaskContact: (connect) => connect.startTaskContact(request()),
  transferContact: (connect) => connect.transferContact({ instanceId, contactId: 'c', contactFlowId, queueId: 'q' }),
  createTaskTemplate: (connect) => connect.createTaskTemplate({ instanceId, name: 'T', contactFlowId, fields: [] }),
};

describe.each(Object.entries(CREATIONS))('An answer of success to %s', (_name, create) => {
  const long = 'x'.repeat(2049);

  it.each([
    ['without a body', { status: 200, body: '' }],
    ['of status 204', { status: 204, body: '' }],
    ['that is {}', { status: 200, body: '{}' }],
    ['that is []', { status: 200, body: '[]' }],
    ['with an empty id', { status: 200, body: '{"ContactId":"","ContactArn":"a","Id":"","Arn":"a"}' }],
    ['with an empty ARN', { status: 200, body: '{"ContactId":"","ContactArn":"","Id":"i","Arn":""}' }],
    [
      'with an id that is too long',
      { status: 200, body: `{"ContactId":"${long}","ContactArn":"a","Id":"${long}","Arn":"a"}` },
    ],
    ['that is no JSON', { status: 200, body: '<html>' }],
  ] as const)('%s leaves the outcome unknown and names the token to repeat', async (_what, answer) => {
    await using aws = await openScriptedAws(() => answer);
    const fault = await refusal(create(aws.connect));
    const sent = JSON.parse(aws.requests[0]?.body ?? '') as { ClientToken: string };
    expect(fault).toMatchObject({ code: 'OutcomeUnknown', clientToken: sent.ClientToken });
    expect(aws.requests).toHaveLength(1);
  });
});

describe('An answer of success to a change without a result', () => {
  it.each(['', '{}', '[]'])('is success with the body %j', async (body) => {
    await using aws = await openScriptedAws(() => ({ status: 200, body }));
    expect(await aws.connect.stopContact({ instanceId, contactId: 'c' })).toBeUndefined();
  });
});

describe.each(['.', '..', ''])('The id %j', (id) => {
  it('names nothing and is not sent, since a path cannot hold it', async () => {
    await using aws = await openScriptedAws(() => ({ status: 200 }));
    const { connect } = aws;
    const contacts = { instanceId, contactIds: [id] };
    expect([
      await connect.describeContacts(contacts),
      await connect.listChains(contacts),
      await connect.getAttributes(contacts),
      await connect.listReferences(contacts),
      await connect.describeContactFlows({ instanceId, contactFlowIds: [id] }),
      await connect.describeQuickConnects({ instanceId, quickConnectIds: [id] }),
      await connect.getTaskTemplates({ instanceId, taskTemplateIds: [id] }),
      await connect.describeInstances({ instanceIds: [id] }),
    ]).toEqual(Array(8).fill([null]));
    const changes = [
      connect.updateContact({ instanceId, contactId: id, name: 'x' }),
      connect.untagContact({ instanceId, contactId: id, keys: ['k'] }),
      connect.listAssociatedContacts({ instanceId, contactId: id }),
    ];
    for (const each of changes) expect(await refusal(each)).toMatchObject({ code: 'ResourceNotFoundException', id });
    expect(aws.requests).toEqual([]);
  });
});

/** A service that refuses signatures by a clock of its own, which may be ahead of ours. */
function byClock(state: { ahead: number }, type = 'InvalidSignatureException') {
  return ({ signedAt }: ScriptedRequest): Scripted => {
    const now = Date.now() + state.ahead;
    const date = { date: new Date(now).toUTCString() };
    return Math.abs(now - signedAt) > 5 * MINUTE
      ? { status: 403, type, headers: date }
      : { status: 200, body: MADE, headers: date };
  };
}

describe('A clock that differs from that of the service', () => {
  it.each(['InvalidSignatureException', 'SignatureDoesNotMatch', 'RequestTimeTooSkewed', 'RequestInTheFuture'])(
    'is corrected by the answer %s: the next call is signed with the right time',
    async (type) => {
      const state = { ahead: HOUR };
      await using aws = await openScriptedAws(byClock(state, type));
      expect(await refusal(aws.connect.startTaskContact(request()))).toMatchObject({ code: 'Unavailable' });
      expect(await aws.connect.startTaskContact(request())).toEqual({ contactId: 'made' });
      // Also where calls were made before.
      state.ahead = -HOUR;
      expect(await refusal(aws.connect.startTaskContact(request()))).toMatchObject({ code: 'Unavailable' });
      expect(await aws.connect.startTaskContact(request())).toEqual({ contactId: 'made' });
      expect(aws.requests).toHaveLength(4);
    },
  );

  it('costs a creation behind the policies one more attempt', async () => {
    const before = policies({ rates: everyRate({ perSecond: 1_000, burst: 1_000 }) });
    const state = { ahead: HOUR };
    await using aws = await openScriptedAws(byClock(state), {}, [], before.aroundCall);
    expect(await aws.connect.startTaskContact(request())).toEqual({ contactId: 'made' });
    expect(aws.requests).toHaveLength(2);
    await before.close();
  });

  it('is no excuse for a signature that is refused with the right time', async () => {
    const date = { date: new Date(Date.now() + HOUR).toUTCString() };
    const answers: Scripted = { status: 403, type: 'InvalidSignatureException', headers: date };
    await using aws = await openScriptedAws(() => answers);
    const codes: ConnectFault['code'][] = [];
    for (let call = 0; call < 3; call++) codes.push((await refusal(aws.connect.startTaskContact(request()))).code);
    expect(codes).toEqual(['Unavailable', 'InternalServiceException', 'InternalServiceException']);
  });
});

/** A service whose answers have no end, and what becomes of its connections. */
async function openEndless() {
  let sent = 0;
  const closed: Promise<void>[] = [];
  const chunk = Buffer.alloc(64 * 1024, ' ');
  const pour = (answer: ServerResponse) => {
    while (!answer.destroyed && answer.write(chunk)) sent += chunk.length;
    if (!answer.destroyed) answer.once('drain', () => pour(answer));
  };
  const server = createServer((_, answer) => {
    closed.push(new Promise((resolve) => answer.once('close', resolve)));
    answer.writeHead(200, { 'content-type': 'application/json' });
    pour(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const connect = await openAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  return {
    connect,
    closed,
    sent: () => sent,
    async [Symbol.asyncDispose]() {
      await connect.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('An answer without an end', () => {
  it.each([
    [
      'a read',
      (connect: Connect) => connect.getTaskTemplate({ instanceId, taskTemplateId: 't', snapshotVersion: '1' }),
      'InternalServiceException',
    ],
    ['a list', (connect: Connect) => connect.listContactFlows({ instanceId }), 'InternalServiceException'],
    ['a change', (connect: Connect) => connect.startTaskContact(request()), 'OutcomeUnknown'],
  ])('is cut off with its connection, for %s', async (_what, call, code) => {
    await using service = await openEndless();
    for (let each = 0; each < 2; each++) expect(await refusal(call(service.connect))).toMatchObject({ code });
    await Promise.all(service.closed);
    // What was taken, and what lay in buffers on the way.
    expect(service.sent()).toBeLessThan(2 * 8 * MIB + 32 * MIB);
  });

  it('begins beyond 1 MiB about one thing, and beyond 8 MiB for a page', async () => {
    let bytes = 0;
    await using aws = await openScriptedAws(() => ({
      status: 200,
      body: `{"ContactId":"made"${' '.repeat(bytes - 20)}}`,
    }));
    const start = () => aws.connect.startTaskContact(request());
    const list = () => aws.connect.listContactFlows({ instanceId });
    bytes = MIB;
    expect(await start()).toEqual({ contactId: 'made' });
    bytes = MIB + 1;
    expect(await refusal(start())).toMatchObject({ code: 'OutcomeUnknown' });
    bytes = 8 * MIB;
    expect(await list()).toEqual({ items: [] });
    bytes = 8 * MIB + 1;
    expect(await refusal(list())).toMatchObject({ code: 'InternalServiceException' });
  });
});
