/** A gateway in a process of its own, for benchmarks: what drives it must not take its time. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_FLAGS } from '../lib/flags.js';
import { CAN_PIN, cpuMs, pinned } from '../lib/servers.js';

/** Where the gateway runs, and where what drives it does. */
const [GATEWAY_CORE, DRIVER_CORE] = ['0', '1'];
const HAS_TWO_CORES = CAN_PIN && availableParallelism() > 1;

/** A creation as frontends send it. */
export const CREATION = JSON.stringify({
  query: `mutation ($input: CreateTaskContactInput!) {
    createTaskContact(input: $input) { contact { id name state } replayed errors { code message path } }
  }`,
  variables: {
    input: {
      name: 'Call back',
      flow: { contactFlowId: '20000000-0000-4000-8000-000000000001' },
      attributes: [{ key: 'customerId', value: 'C-1001' }],
    },
  },
});

/**
 * Starts the built gateway on a free port, over a new database without a quota in the way. It and this process get a core
 * each where there are two: Linux likes to put two that talk to each other on one, where they wait for each other while
 * the second core is idle.
 */
export async function startGatewayProcess(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const port = await freePort();
  const args = [process.execPath, ...NODE_FLAGS, 'dist/main.js'];
  const [command, ...rest] = HAS_TWO_CORES ? pinned(GATEWAY_CORE, args) : args;
  if (HAS_TWO_CORES) spawnSync('taskset', ['-acp', DRIVER_CORE, String(process.pid)]);
  const child = spawn(command, rest, {
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      LOG_LEVEL: 'error',
      DATABASE_URL: `file:${join(folder, 'connect.db')}`,
      CONNECT_QUOTAS: 'ActiveTasks=999999999',
      ...settings,
    },
    // The log goes nowhere: a reader of it would take time from the gateway.
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  await untilLive(url, child);
  return {
    url,
    /** Seconds of processor time that it has taken so far. */
    cpuSeconds() {
      return cpuMs(child.pid) / 1000;
    },
    /** Bytes of memory that it holds (resident set). */
    rssBytes() {
      return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) * 1024;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function untilLive(url, child) {
  while (child.exitCode === null) {
    const isLive = await fetch(`${url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isLive) return;
  }
  throw new Error('The gateway did not start');
}
