import { ListInstancesCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { throttled } from '../../src/policies/around-port/throttle.js';
import { portWith } from '../support/port.js';
import { startTestWire, type TestWireOptions } from '../support/wire.js';
import { describeConformance, holdTo } from './describe-conformance.js';
import { realFixtures, SAMPLE_FIXTURES } from './fixtures.js';
import { pace } from './pace.js';
import { realLeg } from './real-leg.js';
import { must, type Rule, should } from './rule.js';
import { World } from './world.js';

/** What one rule may take at the rates of the API, in milliseconds. */
const RULE_MS = 5 * 60_000;

const fixtures = realFixtures(process.env);
if (fixtures) {
  describeConformance('A real instance', { ...realLeg(fixtures), timeoutMs: RULE_MS });
}

/** The leg before an engine that stands for the real instance. */
async function openLeg(options: TestWireOptions = {}) {
  const wire = await startTestWire({ now: Date.now(), ...options });
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  const leg = realLeg(SAMPLE_FIXTURES, { endpoint: wire.url, region: 'us-east-1', credentials, maxAttempts: 1 });
  const world = new World(leg.fixtures, await leg.open());
  return {
    leg,
    world,
    wire,
    active: () => wire.test.count(`select count(*) from contact where channel = 'TASK' and "endedAt" is null`),
    made: () => wire.test.count(`select count(*) from contact where channel = 'TASK'`),
    async [Symbol.asyncDispose]() {
      await world.close();
      await wire[Symbol.asyncDispose]();
    },
  };
}

const rule = (make: typeof must, holds: Rule['holds']) => make('test/rule', 'do something', 'This test', holds);

describe('The leg before a real instance', () => {
  it('is there for an instance that the environment names, with the fixtures that it names', () => {
    expect(realFixtures({ CONNECT_CONFORMANCE_CONTACT_FLOW_ID: 'f' })).toBeUndefined();
    const named = {
      CONNECT_CONFORMANCE_INSTANCE_ID: 'i',
      CONNECT_CONFORMANCE_CONTACT_FLOW_ID: 'f',
      CONNECT_CONFORMANCE_QUEUE_QUICK_CONNECT_ID: 'q',
      CONNECT_CONFORMANCE_INSTANCE_ARN: 'arn',
      CONNECT_CONFORMANCE_USER_ID: '',
    };
    expect(realFixtures(named)).toEqual({
      instanceId: 'i',
      contactFlow: 'f',
      queueQuickConnect: 'q',
      instanceArn: 'arn',
    });
    expect(() => realFixtures({ CONNECT_CONFORMANCE_INSTANCE_ID: 'i' })).toThrow(
      'CONNECT_CONFORMANCE_CONTACT_FLOW_ID: ',
    );
  });

  it('stops what a rule made, whichever way it made it, also where the rule fails', async () => {
    await using opened = await openLeg();
    const { world, leg } = opened;
    const breaks = rule(must, async ({ connect }) => {
      const root = await world.start();
      await world.transfer(root);
      await world.start({ previousContactId: root, scheduledTime: world.in(60_000) });
      await connect.pauseContact(world.about(await world.start()));
      await connect.startTaskContact(world.request());
      expect(opened.active()).toBe(4);
      throw new Error('Broken');
    });
    await expect(holdTo(breaks, world, leg)).rejects.toThrow('Broken');
    expect([opened.made(), opened.active()]).toEqual([5, 0]);
  });

  it('stops what was made by a creation whose answer was lost', async () => {
    let lost = false;
    await using opened = await openLeg({
      plugin: async (app) => {
        app.addHook('onSend', async (request) => {
          if (lost || request.raw.method !== 'PUT') return;
          lost = true;
          request.raw.socket.destroy();
        });
      },
    });
    const { world, leg } = opened;
    await holdTo(
      rule(must, async () => {
        expect((await world.refusal(world.start())).code).toBe('OutcomeUnknown');
        expect(opened.active()).toBe(1);
      }),
      world,
      leg,
    );
    expect([opened.made(), opened.active()]).toEqual([1, 0]);
  });

  it('names what it cannot stop, and stops it at its end where it can then', async () => {
    let refuses = true;
    await using opened = await openLeg({
      wrap: (connect) =>
        portWith(connect, {
          stopContact: async (request) => {
            if (refuses) throw new Error('Not now');
            await connect.stopContact(request);
          },
        }),
    });
    const { world, leg } = opened;
    let id = '';
    const makes = rule(must, async () => {
      id = await world.start();
    });
    const outcome = holdTo(makes, world, leg);
    await expect(outcome).rejects.toThrow(/could not be stopped/);
    await expect(outcome).rejects.toThrow(id);
    expect(opened.active()).toBe(1);
    refuses = false;
    await world.open.tidy?.();
    expect(opened.active()).toBe(0);
  });

  it('calls no operation more often than the API allows', async () => {
    const clock = { now: Date.now() };
    const now = () => clock.now;
    await using wire = await startTestWire({
      wrap: (connect) => throttled(connect, { now, instanceArn: async () => SAMPLE_FIXTURES.instanceArn }),
    });
    const client = wire.client();
    const refused = async () => {
      let count = 0;
      for (let call = 0; call < 20; call++) {
        await client.send(new ListInstancesCommand()).catch(({ name }) => {
          expect(name).toBe('ThrottlingException');
          count++;
        });
      }
      return count;
    };
    expect(await refused()).toBe(15);
    clock.now += 60_000;
    const from = clock.now;
    pace(client, {
      now,
      wait: async (ms) => {
        clock.now += ms;
      },
    });
    expect(await refused()).toBe(0);
    // A burst of 5, then 2 a second.
    expect(clock.now - from).toBeGreaterThanOrEqual(7_500);
  });

  it('reports, and does not fail, where the instance does otherwise than a SHOULD', async () => {
    await using opened = await openLeg();
    const reported: string[] = [];
    const report = (line: string) => reported.push(line);
    const differs = async () => {
      throw new Error('Otherwise');
    };
    await holdTo(rule(should, differs), opened.world, { ...opened.leg, report });
    expect(reported).toEqual([expect.stringMatching(/^test\/rule SHOULD do something: .*\n.*Otherwise$/)]);
    await expect(holdTo(rule(should, differs), opened.world, {})).rejects.toThrow('Otherwise');
  });
});
