/** A gateway in a process of its own, for benchmarks: what drives it must not take its time. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NODE_FLAGS } from '../lib/flags.js';
import { cpuMs } from '../lib/servers.js';

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

/** Starts the built gateway on a free port, over a new database without a quota in the way. */
export async function startGatewayProcess(settings = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const child = spawn(process.execPath, [...NODE_FLAGS, 'dist/main.js'], {
    env: {
      PATH: process.env.PATH,
      PORT: '0',
      LOG_LEVEL: 'error',
      DATABASE_URL: `file:${join(folder, 'connect.db')}`,
      CONNECT_QUOTAS: 'ActiveTasks=999999999',
      ...settings,
    },
    // The audit's lines go nowhere: a terminal would be slower than the gateway.
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const url = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const [, found] = /GraphiQL\s+(http:\S+)\/graphql/.exec(said) ?? [];
      if (found) resolve(found);
    });
    child.once('exit', () => reject(new Error('The gateway did not start')));
  });
  return {
    url,
    /** Seconds of processor time that it has taken so far. */
    cpuSeconds() {
      return cpuMs(child.pid) / 1000;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
