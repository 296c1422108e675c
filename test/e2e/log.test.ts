import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/process.js';

/** Mutations of one request: as many as it may have aliases. */
const MUTATIONS = 50;

/** Requests whose audit lines exceed what a pipe and the gateway's buffer hold: 5,000 lines of 400 bytes. */
const REQUESTS = 100;

const QUERY = `mutation { ${Array.from(
  { length: MUTATIONS },
  (_, index) => `a${index}: stopTaskContact(input: { contactId: "none" }) { errors { code } }`,
).join(' ')} }`;

/** Starts the built gateway with a standard error of its own. */
async function started(stderr: number | 'pipe', settings: Readonly<Record<string, string>> = {}) {
  const folder = await temporaryFolder();
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/main.js'], {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
      ...settings,
    },
    stdio: ['ignore', 'ignore', stderr],
  });
  const url = `http://127.0.0.1:${port}`;
  await untilLive(url, child);
  const ask = async (query: string) => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    return (await response.json()) as { readonly data?: object };
  };
  const end = async () => {
    child.kill('SIGTERM');
    const [code] = (await once(child, 'close')) as [number | null];
    return code;
  };
  return {
    child,
    ask,
    end,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

async function untilLive(url: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null) {
    const isLive = await fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isLive) return;
  }
  throw new Error(`The gateway ended with ${child.exitCode}`);
}

describe('A gateway whose log is on a full disk', () => {
  it('starts, answers and ends as any other', async () => {
    const full = openSync('/dev/full', 'w');
    await using gateway = await started(full);
    closeSync(full);
    for (let count = 0; count < 5; count++) {
      const { data } = await gateway.ask(QUERY);
      expect(Object.keys(data ?? {})).toHaveLength(MUTATIONS);
    }
    expect(await gateway.end()).toBe(0);
  });
});

describe('A gateway without a reader of its log', () => {
  it('answers; what the buffer cannot hold is dropped, and the log has the number once it is read again', async () => {
    await using gateway = await started('pipe');
    for (let count = 0; count < REQUESTS; count++) await gateway.ask(QUERY);
    let log = '';
    gateway.child.stderr?.setEncoding('utf8').on('data', (part: string) => {
      log += part;
    });
    while (!log.includes('"lines":')) await nextTurn();
    expect(await gateway.end()).toBe(0);
    const lines = log
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as { readonly lines?: number; readonly operation?: string });
    const kept = lines.filter(({ operation }) => operation === 'stopTaskContact').length;
    const dropped = lines.reduce((sum, line) => sum + (line.lines ?? 0), 0);
    expect(dropped).toBeGreaterThan(0);
    expect(kept + dropped).toBe(REQUESTS * MUTATIONS);
  });
});
