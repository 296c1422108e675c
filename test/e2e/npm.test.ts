import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { endpointOf, type Program, runNpm, temporaryFolder, urlOf } from '../support/process.js';

/** The process that listens, as its log names it. */
function listenerOf(program: Program): number {
  const [, pid = ''] = /"pid":(\d+)/.exec(program.stderr()) ?? [];
  return Number(pid);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('SIGTERM to npm', () => {
  it.each([
    ['npm start', ['start'], { GRAPHIQL: 'on', CONNECT_WIRE_PORT: '' }, urlOf],
    ['npm run emulator', ['run', 'emulator'], {}, endpointOf],
  ] as const)('drains and ends the process of `%s` before npm ends', async (_command, script, settings, addressOf) => {
    await using folder = await temporaryFolder();
    const npm = runNpm([...script], { DATABASE_URL: `file:${join(folder.path, 'connect.db')}`, ...settings });
    const address = await addressOf(npm);
    const listener = listenerOf(npm);
    try {
      expect(isAlive(listener)).toBe(true);
      npm.child.kill('SIGTERM');
      // Not the end of its output: a process that npm left behind would keep that open.
      expect(await once(npm.child, 'exit')).toEqual([0, null]);
      expect(isAlive(listener)).toBe(false);
      expect(npm.stderr()).toContain('Answers the accepted requests, then ends');
      await expect(fetch(address)).rejects.toThrow('fetch failed');
    } finally {
      if (isAlive(listener)) process.kill(listener, 'SIGKILL');
    }
  });
});
