import { describe, expect, it } from '@jest/globals';
import { openAt, openScriptedAws, type Scripted } from '../support/aws.js';
import { refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId } = SAMPLE;
const about = { instanceId, contactId: UNKNOWN_ID };
const SECRET = 'arn:aws:sts::111122223333:assumed-role/inside';

function refused(status: number, type: string, message = 'No.', more: object = {}): Scripted {
  return { status, type, body: JSON.stringify({ Message: message, ...more }) };
}

describe('An error of the API', () => {
  it.each([
    [400, 'InvalidRequestException', 'InvalidRequestException'],
    [400, 'InvalidParameterException', 'InvalidParameterException'],
    [400, 'InvalidActiveRegionException', 'InvalidRequestException'],
    [400, 'ValidationException', 'InvalidParameterException'],
    [404, 'ResourceNotFoundException', 'ResourceNotFoundException'],
    [429, 'ThrottlingException', 'ThrottlingException'],
    [429, 'TooManyRequestsException', 'ThrottlingException'],
    [429, 'SomethingNew', 'ThrottlingException'],
    [402, 'ServiceQuotaExceededException', 'ServiceQuotaExceededException'],
    [409, 'IdempotencyException', 'IdempotencyException'],
    [500, 'InternalServiceException', 'InternalServiceException'],
    [500, 'SomethingNew', 'InternalServiceException'],
    [503, 'ServiceUnavailableException', 'Unavailable'],
    [504, 'SomethingNew', 'OutcomeUnknown'],
    [403, 'AccessDeniedException', 'InternalServiceException'],
    [403, 'InvalidSignatureException', 'InternalServiceException'],
    [403, 'ExpiredTokenException', 'InternalServiceException'],
    [404, 'UnknownOperationException', 'InternalServiceException'],
  ])('%s %s is reported as %s', async (status, type, code) => {
    await using aws = await openScriptedAws(() => refused(status, type, SECRET));
    const fault = await refusal(aws.connect.startTaskContact(request()));
    expect(fault.code).toBe(code);
    expect(JSON.stringify(fault)).not.toContain('request-1');
    if (!('violations' in fault)) expect(fault.message).not.toContain(SECRET);
  });

  it.each([
    '#InvalidRequestException',
    'com.amazonaws.connect#InvalidRequestException',
    'InvalidRequestException:http://x/',
  ])('is known by its name, however it is dressed: %s', async (type) => {
    await using aws = await openScriptedAws(() => refused(400, type.replace(/^#/, 'ns#')));
    expect((await refusal(aws.connect.startTaskContact(request()))).code).toBe('InvalidRequestException');
  });

  it.each([
    ['InvalidRequestException', 'Invalid reference passed, check input reference', 'InvalidRequestException'],
    ['com.amazonaws.connect#ServiceQuotaExceededException:http://x/', 'full', 'ServiceQuotaExceededException'],
    ['ThrottlingException', '', 'ThrottlingException'],
  ])('has the class of its header where its body is no JSON: %s', async (type, body, code) => {
    await using aws = await openScriptedAws(() => ({ status: 400, type, body }));
    // The first request is the SDK's own, the second that of the fast client.
    for (let time = 0; time < 2; time++) {
      expect((await refusal(aws.connect.startTaskContact(request()))).code).toBe(code);
    }
  });

  it('names the references where the service says that one is invalid, and no more', async () => {
    const body = 'Invalid reference passed, check input reference';
    await using aws = await openScriptedAws(() => ({ status: 400, type: 'InvalidRequestException', body }));
    const references = [{ name: 'n', type: 'DATE', value: 'tomorrow' }];
    expect(await refusal(aws.connect.startTaskContact(request({ references })))).toMatchObject({
      violations: [{ rule: 'api/service-refused', path: ['references'], message: body }],
    });
  });

  it('reports a gone contact, an unpublished flow, too many pauses or reschedules and a conflict by their codes', async () => {
    await using aws = await openScriptedAws(({ path }) => {
      if (path === '/contact/stop') return refused(410, 'ContactNotFoundException');
      if (path === '/contact/pause' || path === '/contact/schedule') return refused(429, 'LimitExceededException');
      return refused(409, 'ConflictException');
    });
    expect(await refusal(aws.connect.stopContact(about))).toMatchObject({ resource: 'CONTACT', id: UNKNOWN_ID });
    expect(await refusal(aws.connect.pauseContact(about))).toMatchObject({ quota: 'PAUSES', limit: 10 });
    const reschedule = aws.connect.updateContactSchedule({ ...about, scheduledTime: new Date() });
    expect(await refusal(reschedule)).toMatchObject({ quota: 'RESCHEDULES', limit: 20 });
    expect((await refusal(aws.connect.updateContact({ ...about, name: 'x' }))).code).toBe('InvalidRequestException');
  });

  it.each(['', '\ud800'])('returns nothing for the id %j, which no path can hold, without a call', async (id) => {
    await using aws = await openScriptedAws(() => ({ status: 200 }));
    const contact = { instanceId, contactId: id };
    expect(
      await refusal(aws.connect.getTaskTemplate({ instanceId, taskTemplateId: id, snapshotVersion: '1' })),
    ).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'TASK_TEMPLATE',
      member: 'taskTemplateId',
    });
    for (const call of [
      aws.connect.updateContact({ ...contact, name: 'x' }),
      aws.connect.untagContact({ ...contact, keys: ['x'] }),
      aws.connect.listAssociatedContacts(contact),
    ]) {
      expect(await refusal(call)).toMatchObject({ code: 'ResourceNotFoundException', resource: 'CONTACT', id });
    }
    expect(aws.requests).toEqual([]);
  });

  it('reports each property that is wrong, also without a message', async () => {
    const PropertyList = [
      { PropertyPath: 'References[0].Value', Reason: 'INVALID_FORMAT', Message: '' },
      { PropertyPath: 'Name', Reason: 'REQUIRED_PROPERTY_MISSING', Message: 'Missing.' },
    ];
    const answer = JSON.stringify({ __type: 'PropertyValidationException', Message: '', PropertyList });
    await using aws = await openScriptedAws(() => ({ status: 400, body: answer }));
    expect(await refusal(aws.connect.startTaskContact(request()))).toMatchObject({
      code: 'PropertyValidationException',
      violations: [
        { path: ['references', 0, 'Value'], reason: 'INVALID_FORMAT', message: 'INVALID_FORMAT' },
        { path: ['name'], reason: 'REQUIRED_PROPERTY_MISSING', message: 'Missing.' },
      ],
    });
  });

  it('is never without words, and is reported at the member that they name', async () => {
    const messages = [
      '',
      "1 validation error detected: Value '' at 'name' failed to satisfy constraint",
      'Name: too long',
    ];
    await using aws = await openScriptedAws((_, index) => refused(400, 'InvalidParameterException', messages[index]));
    const reported = [];
    for (const _ of messages) {
      const fault = await refusal(aws.connect.startTaskContact(request()));
      reported.push('violations' in fault ? fault.violations.map(({ path, message }) => [path, message]) : fault);
    }
    expect(reported).toEqual([[[[], expect.stringMatching(/./)]], [[['name'], messages[1]]], [[['name'], 'too long']]]);
  });

  it('is not tried again by the adapter itself: what stands before it decides that', async () => {
    for (const [status, name] of [
      [429, 'LimitExceededException'],
      [503, 'ServiceUnavailableException'],
    ] as const) {
      await using aws = await openScriptedAws(() => refused(status, name));
      await refusal(aws.connect.pauseContact(about));
      expect(aws.requests).toHaveLength(1);
    }
  });

  it('says when to try again, where the API does', async () => {
    await using aws = await openScriptedAws(() => ({
      ...(refused(429, 'ThrottlingException') as object),
      status: 429,
      headers: { 'retry-after': '2' },
    }));
    expect(await refusal(aws.connect.startTaskContact(request()))).toMatchObject({ retryAfterMs: 2000 });
  });
});

describe('The time of signatures', () => {
  it("follows the service's clock after a signature was refused for its time", async () => {
    const ahead = 3_600_000;
    await using aws = await openScriptedAws((_, index) => ({
      ...(refused(
        index === 0 ? 403 : 400,
        index === 0 ? 'InvalidSignatureException' : 'InvalidRequestException',
      ) as object),
      status: index === 0 ? 403 : 400,
      headers: { date: new Date(Date.now() + ahead).toUTCString() },
    }));
    for (let call = 0; call < 2; call++) await refusal(aws.connect.startTaskContact(request()));
    const [first, second] = aws.requests.map(({ signedAt }) => signedAt) as [number, number];
    expect(second - first).toBeGreaterThan(ahead / 2);
  });
});

describe('A lost answer', () => {
  it('leaves a creation unknown, with the token to repeat, and any other change too; a read is unavailable', async () => {
    await using aws = await openScriptedAws(() => undefined);
    const { connect, requests } = aws;
    const fault = await refusal(connect.startTaskContact(request()));
    const sent = JSON.parse(requests[0]?.body ?? '{}') as { ClientToken: string };
    expect(sent.ClientToken).toMatch(/^[0-9a-f-]{36}$/);
    expect(fault).toMatchObject({ code: 'OutcomeUnknown', clientToken: sent.ClientToken });
    const transfer = { ...about, contactFlowId: SAMPLE.contactFlow, clientToken: 'mine' };
    expect(await refusal(connect.transferContact(transfer))).toMatchObject({
      code: 'OutcomeUnknown',
      clientToken: 'mine',
    });
    const stopped = await refusal(connect.stopContact(about));
    expect(stopped).toMatchObject({ code: 'OutcomeUnknown', message: expect.stringContaining('Read what it changes') });
    expect(stopped).not.toHaveProperty('clientToken', expect.anything());
    expect(await connect.describeContacts({ instanceId, contactIds: [UNKNOWN_ID] })).toMatchObject([
      { code: 'Unavailable' },
    ]);
  });

  it('is one that cannot be read, or that takes too long', async () => {
    await using odd = await openScriptedAws(() => ({ status: 200, body: '<html>' }));
    expect((await refusal(odd.connect.startTaskContact(request()))).code).toBe('OutcomeUnknown');
    await using slow = await openScriptedAws(() => new Promise<Scripted>(() => {}), {}, [], undefined, 50);
    expect((await refusal(slow.connect.startTaskContact(request()))).code).toBe('OutcomeUnknown');
    expect(await slow.connect.describeContacts({ instanceId, contactIds: [UNKNOWN_ID] })).toMatchObject([
      { code: 'Unavailable' },
    ]);
  });

  it('is none where nothing listens: the creation did not happen', async () => {
    const gone = await openScriptedAws(() => undefined);
    const url = gone.url;
    await gone[Symbol.asyncDispose]();
    const connect = await openAt(url, { client: { maxAttempts: 1 } });
    const fault = await refusal(connect.startTaskContact(request()));
    await connect.close();
    expect([fault.code, String(fault.cause)]).toEqual(['Unavailable', expect.stringContaining('ECONNREFUSED')]);
  });
});

describe('A caller who gives up', () => {
  it('breaks off a read, and not a creation that was sent', async () => {
    const caller = new AbortController();
    await using reads = await openScriptedAws(() => {
      caller.abort();
      return new Promise<Scripted>(() => {});
    });
    expect(
      await reads.connect.describeContacts({ instanceId, contactIds: [UNKNOWN_ID] }, { signal: caller.signal }),
    ).toMatchObject([{ code: 'Cancelled' }]);
    const other = new AbortController();
    await using writes = await openScriptedAws(() => {
      other.abort();
      return { status: 200, body: '{"ContactId":"made"}' };
    });
    expect(await writes.connect.startTaskContact(request(), { signal: other.signal })).toEqual({ contactId: 'made' });
  });
});

describe('Credentials that are missing', () => {
  it('make it unready, and are reported to no client', async () => {
    const credentials = () => Promise.reject(Object.assign(new Error(SECRET), { name: 'CredentialsProviderError' }));
    await using aws = await openScriptedAws(() => ({ status: 200 }), { credentials });
    const fault = await refusal(aws.connect.ready());
    expect(fault.code).toBe('Unavailable');
    expect(fault.message).not.toContain(SECRET);
    expect((await refusal(aws.connect.stopContact(about))).code).toBe('InternalServiceException');
    expect(aws.requests).toEqual([]);
  });
});
