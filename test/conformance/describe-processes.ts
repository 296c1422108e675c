import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../src/engine/open.js';
import type { TestPostgres } from '../support/postgres.js';
import { SAMPLE_FIXTURES } from './fixtures.js';
import type { ChosenQuotas } from './rule.js';
import { type Members, World } from './world.js';

const SCRIPT = fileURLToPath(new URL('../support/engine-process.js', import.meta.url));
const CALLERS = 32;

interface Outcome {
  readonly contactId?: string;
  readonly code?: string;
  readonly quota?: string;
}

/** Lets two processes send half of the requests each, at the same time. */
async function raceOfProcesses(url: string, members: Members, quotas: ChosenQuotas = {}) {
  const requests = JSON.stringify(Array(CALLERS / 2).fill(members));
  const processes = [1, 2].map(() => {
    const args = [SCRIPT, 'race', url, requests, JSON.stringify(quotas)];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), ended: once(child, 'close') };
  });
  for (const { lines } of processes) expect((await lines.next()).value).toBe('{"opened":true}');
  for (const { child } of processes) child.stdin.end('go');
  const reported = await Promise.all(
    processes.map(async ({ lines }) => JSON.parse((await lines.next()).value as string)),
  );
  for (const { ended } of processes) expect(await ended).toEqual([0, null]);
  const outcomes = reported.flat() as readonly Outcome[];
  return {
    ids: outcomes.flatMap(({ contactId }) => (contactId === undefined ? [] : [contactId])),
    quotas: outcomes.flatMap(({ code, quota }) => (code === undefined ? [] : [quota ?? code])),
  };
}

/** Engines on one database, each by a process clock that is so many milliseconds off. */
async function openWorld(url: string, ...offsets: readonly [number, ...number[]]): Promise<World> {
  const open = (offset: number) => openEmbeddedConnect({ databaseUrl: url, now: () => Date.now() + offset });
  const [first, ...others] = offsets;
  const ports = [await open(first), ...(await Promise.all(others.map(open)))] as const;
  const close = async () => {
    await Promise.all(ports.map((port) => port.close()));
  };
  return new World(SAMPLE_FIXTURES, { ports, close });
}

/** What processes on one PostgreSQL database must do together. */
export function describeProcesses(server: () => TestPostgres): void {
  describe('Of 32 callers at two processes on one PostgreSQL database', () => {
    it('gives one caller the 12th place in a chain', async () => {
      const url = await server().createDatabase();
      const world = await openWorld(url, 0);
      try {
        const previousContactId = await world.start();
        await world.race(Array(11).fill({ previousContactId }));
        const { ids, quotas } = await raceOfProcesses(url, { previousContactId });
        expect([ids.length, quotas]).toEqual([1, Array(CALLERS - 1).fill('CHAIN')]);
        expect(await world.members(previousContactId)).toHaveLength(13);
      } finally {
        await world.close();
      }
    });

    it('gives all callers the same contact by one token', async () => {
      const { ids } = await raceOfProcesses(await server().createDatabase(), { clientToken: 'token' });
      expect([ids.length, new Set(ids).size]).toEqual([CALLERS, 1]);
    });

    it('creates as many tasks as the quota has places', async () => {
      const { ids, quotas } = await raceOfProcesses(await server().createDatabase(), {}, { activeTasks: 20 });
      expect([ids.length, quotas]).toEqual([20, Array(CALLERS - 20).fill('ACTIVE_TASKS')]);
    });
  });

  describe('Two replicas whose process clocks are 30 s apart go by the database’s clock:', () => {
    const OFFSETS = [-15_000, 15_000] as const;

    it('orders a chain that both extend by the time of its creation', async () => {
      const world = await openWorld(await server().createDatabase(), ...OFFSETS);
      try {
        const root = await world.start();
        const ids = [root];
        for (let task = 0; task < 8; task++) {
          ids.push(await world.start({ previousContactId: root }, world.open.ports[task % 2]));
        }
        const { members } = await world.chain(root);
        expect(members.map(({ id }) => id)).toEqual(ids);
        for (const { initiatedAt } of members)
          expect(Math.abs(initiatedAt.getTime() - Date.now())).toBeLessThan(10_000);
      } finally {
        await world.close();
      }
    });

    it('validates a scheduled time and derives a state alike on both', async () => {
      const world = await openWorld(await server().createDatabase(), ...OFFSETS);
      try {
        for (const port of world.open.ports) {
          const id = await world.start({ scheduledTime: world.in(7_000) }, port);
          for (const reader of world.open.ports) {
            const [contact] = await reader.describeContacts({
              instanceId: SAMPLE_FIXTURES.instanceId,
              contactIds: [id],
            });
            expect(contact).toMatchObject({ state: 'SCHEDULED' });
          }
          const late = await world.refusal(world.start({ scheduledTime: world.in(-7_000) }, port));
          expect(late.code).toBe('InvalidRequestException');
        }
      } finally {
        await world.close();
      }
    });
  });
}
