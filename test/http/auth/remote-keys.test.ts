import { describe, expect, it } from '@jest/globals';
import { jwtVerify } from 'jose';
import { keysAt } from '../../../src/http/auth/discovery.js';
import { remoteKeys } from '../../../src/http/auth/remote-keys.js';
import { KeysUnavailableError } from '../../../src/http/auth/token-errors.js';
import { startTestGateway } from '../../support/gateway.js';
import { type Mode, TestIssuer } from '../../support/issuer.js';
import { memoryLog } from '../../support/log.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

async function start(timeoutMs?: number) {
  const issuer = await TestIssuer.start();
  const clock = { now: Date.now() };
  const log = memoryLog();
  const keys = remoteKeys({
    source: keysAt(`${issuer.url}/jwks`),
    elapsed: () => clock.now,
    logger: log.logger,
    ...(timeoutMs && { timeoutMs }),
  });
  const verify = async (token?: string) =>
    (await jwtVerify(token ?? (await issuer.token({ expiresIn: 100 * 3600 })), keys.find)).payload.sub;
  return { issuer, clock, log, keys, verify, [Symbol.asyncDispose]: () => issuer[Symbol.asyncDispose]() };
}

describe("The issuer's keys", () => {
  it('are fetched once for many tokens, also when they come at the same time', async () => {
    await using test = await start();
    await Promise.all(Array.from({ length: 20 }, () => test.verify()));
    expect(await test.verify()).toBe('ana');
    expect(test.issuer.asked).toBe(1);
  });

  it('are fetched anew for a token of a key that is not known: a rotation is noticed', async () => {
    await using test = await start();
    await test.verify();
    await test.issuer.rotate();
    test.clock.now += 30 * SECOND;
    expect(await test.verify()).toBe('ana');
    expect(test.issuer.asked).toBe(2);
  });

  it('are not fetched for each made-up key id', async () => {
    await using test = await start();
    await test.verify();
    for (let round = 0; round < 3; round++) {
      test.clock.now += 30 * SECOND;
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, index) => test.issuer.token({ header: { kid: `made-up-${index}` } })),
      );
      const outcomes = await Promise.allSettled(made.map((token) => test.verify(token)));
      expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
    }
    expect(test.issuer.asked).toBe(4);
    expect(await test.verify()).toBe('ana');
  });

  it('refuses revoked keys once the others are fetched', async () => {
    await using test = await start();
    const old = await test.issuer.token();
    await test.verify(old);
    await test.issuer.rotate();
    test.clock.now += 30 * SECOND;
    await test.verify();
    await expect(test.verify(old)).rejects.toThrow();
  });

  it.each<Mode>(['down', 'silent', 'huge', 'nonsense', 'redirect'])(
    'stay valid for a day while their source is %s, and no caller waits for it',
    async (mode) => {
      await using test = await start(50);
      await test.verify();
      test.issuer.mode = mode;
      for (const time of [11 * MINUTE, HOUR, 11 * HOUR, 11 * HOUR]) {
        test.clock.now += time;
        expect(await test.verify()).toBe('ana');
      }
      test.clock.now += HOUR;
      await expect(test.verify()).rejects.toThrow(KeysUnavailableError);
      test.issuer.mode = 'up';
      test.clock.now += SECOND;
      expect(await test.verify()).toBe('ana');
      expect(test.log.at('warn')).toContain('could not be fetched');
    },
  );

  it('fetches unknown keys once a second and admits no caller', async () => {
    await using test = await start();
    test.issuer.mode = 'down';
    for (let time = 0; time < 10; time++) await expect(test.verify()).rejects.toThrow(KeysUnavailableError);
    await expect(test.keys.ready()).rejects.toThrow(KeysUnavailableError);
    expect(test.issuer.asked).toBe(1);
    test.clock.now += SECOND;
    test.issuer.mode = 'up';
    await test.keys.ready();
    expect(await test.verify()).toBe('ana');
  });

  it('tries each key that fits if keys have no ids', async () => {
    await using issuer = await TestIssuer.start();
    await issuer.rotate({ kid: undefined });
    const old = await issuer.bearer('tasks:read');
    await issuer.rotate({ kid: undefined, keepOld: true });
    await using gateway = await startTestGateway({ settings: issuer.settings });
    for (const headers of [old, await issuer.bearer('tasks:read')]) {
      expect((await gateway.post({ query: '{ __typename }' }, headers)).status).toBe(200);
    }
    await issuer.rotate({ kid: undefined });
    const foreign = await issuer.bearer('tasks:read');
    expect((await gateway.post({ query: '{ __typename }' }, foreign)).status).toBe(401);
  });
});

describe('While there are no keys', () => {
  it('callers are asked to come back, the gateway is not ready, and it recovers', async () => {
    await using issuer = await TestIssuer.start();
    issuer.mode = 'down';
    const clock = { now: Date.now() };
    await using gateway = await startTestGateway({ settings: issuer.settings, now: () => clock.now });
    const headers = await issuer.bearer('tasks:read');
    const response = await gateway.post({ query: '{ __typename }' }, headers);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'AUTHENTICATION_UNAVAILABLE' } }] });
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(503);
    issuer.mode = 'up';
    clock.now += SECOND;
    expect((await gateway.post({ query: '{ __typename }' }, headers)).status).toBe(200);
    expect((await fetch(`${gateway.url}/health/ready`)).status).toBe(200);
  });
});
