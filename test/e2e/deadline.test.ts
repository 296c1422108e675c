import { describe, expect, it } from '@jest/globals';
import type { PolicyEvents } from '../../src/policies/events.js';
import { openScriptedAws, type Scripted } from '../support/aws.js';
import { mutation, taskInput } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { Gate } from '../support/gate.js';
import { startTestGateway } from '../support/gateway.js';
import { portWith } from '../support/port.js';

const READ = { query: '{ connectContact(id: "any") { id name } }' };
const CREATION = { query: mutation('id'), variables: { input: taskInput() } };

/** A gateway before a server of HTTP that answers as a script says. */
async function startBefore(
  script: () => Scripted | Promise<Scripted>,
  settings: Readonly<Record<string, string>> = {},
  policyEvents: PolicyEvents = {},
) {
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' });
  const service = await openScriptedAws(script);
  const gateway = await startTestGateway({
    policyEvents,
    settings: {
      CONNECT_ADAPTER: 'aws',
      CONNECT_INSTANCE_ID: SAMPLE.instanceId,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_CONNECT: service.url,
      CONNECT_RATES: 'StartTaskContact=1000/1000,DescribeContact=1000/1000',
      ...settings,
    },
  });
  const errorOf = async (body: object, headers?: Readonly<Record<string, string>>) => {
    const { errors } = (await (await gateway.post(body, headers)).json()) as { errors: { extensions: object }[] };
    return errors[0]?.extensions;
  };
  return {
    service,
    gateway,
    errorOf,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      await service[Symbol.asyncDispose]();
    },
  };
}

describe('The time of a request', () => {
  it('is shortened by its header, and a read that takes longer is reported', async () => {
    const never = new Gate();
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          async describeContacts({ contactIds }) {
            await never.opened;
            return contactIds.map(() => null);
          },
        }),
    });
    const answer = await (await gateway.post(READ, { 'x-request-timeout-ms': '20' })).json();
    expect(answer).toMatchObject({
      data: { connectContact: null },
      errors: [{ path: ['connectContact'], extensions: { code: 'DEADLINE_EXCEEDED' } }],
    });
  });

  it('is refused where it cannot be read', async () => {
    await using gateway = await startTestGateway();
    for (const header of ['0', '-1', '1.5', 'soon']) {
      const response = await gateway.post(READ, { 'x-request-timeout-ms': header });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { errors: [{ extensions: { code: 'BAD_REQUEST' } }] },
      ]);
    }
    expect((await gateway.post(READ, { 'x-request-timeout-ms': '60000' })).status).toBe(200);
  });

  it('leaves a creation that was sent unknown, with its token', async () => {
    const [received, never] = [new Gate(), new Gate()];
    const script = async () => {
      received.open();
      await never.opened;
      return undefined;
    };
    await using before = await startBefore(script, { REQUEST_TIMEOUT_MS: '200' });
    const reported = await before.errorOf(CREATION);
    // It may still be on its way when its caller is answered.
    await received.opened;
    never.open();
    const { ClientToken } = JSON.parse(before.service.requests[0]?.body ?? '{}') as { ClientToken: string };
    expect(reported).toEqual({ code: 'OUTCOME_UNKNOWN', clientToken: ClientToken, requestId: expect.any(String) });
  });
});

describe('A client that hangs up', () => {
  it('creates nothing if the client disconnects while its creation waits for its turn', async () => {
    const [waits, left] = [new Gate(), new Gate()];
    let served = 0;
    await using before = await startBefore(
      () => ({ status: 200, body: '{"ContactId":"made"}' }),
      { CONNECT_RATES: 'StartTaskContact=0.1/1' },
      {
        onWait: ({ outcome }) => {
          if (outcome === 'SERVED') served++;
          if (outcome === 'LEFT') left.open();
        },
        onQueue: ({ length }) => {
          if (served === 1 && length === 1) waits.open();
        },
      },
    );
    expect(await (await before.gateway.post(CREATION)).json()).not.toHaveProperty('errors');
    const client = new AbortController();
    const { signal } = client;
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(CREATION);
    const second = fetch(`${before.gateway.url}/graphql`, { method: 'POST', headers, body, signal });
    await waits.opened;
    client.abort();
    await expect(second).rejects.toThrow();
    await left.opened;
    expect([served, before.service.requests.length]).toEqual([1, 1]);
  });
});

describe('A service that is away', () => {
  it('is reported with the time to retry, once the circuit is open', async () => {
    await using before = await startBefore(() => ({ status: 503 }), { REQUEST_TIMEOUT_MS: '300' });
    const reported = [];
    for (let each = 0; each < 11; each++) reported.push(await before.errorOf(CREATION));
    // At first the time may be up before an answer comes: then the outcome is unknown.
    expect(reported.at(0)).toMatchObject({ code: expect.stringMatching(/^(CONNECT_UNAVAILABLE|OUTCOME_UNKNOWN)$/) });
    expect(reported.at(-1)).toMatchObject({ code: 'CONNECT_UNAVAILABLE', retryAfterMs: expect.any(Number) });
  });
});
