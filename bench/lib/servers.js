/** Starting a server pinned to a core, looking at what it uses, and stopping it. */
import { spawn, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Whether processes can be pinned to cores here. */
export const CAN_PIN = spawnSync('taskset', ['-V']).status === 0;

/** A command, pinned where that can be. `cores` is a list as taskset reads it: 0, or 0,1. */
export function pinned(cores, command) {
  return CAN_PIN ? ['taskset', '-c', cores, ...command] : command;
}

/** Starts a Node program on its cores. What it says on standard error is kept for when it fails. */
export function startNode(cores, args, { cwd, env = {} } = {}) {
  const [command, ...rest] = pinned(cores, [process.execPath, ...args.map(String)]);
  const child = spawn(command, rest, {
    cwd,
    env: { ...process.env, NODE_ENV: 'production', CONNECT_ADAPTER: 'embedded', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.reported = '';
  child.stderr.on('data', (part) => {
    child.reported = (child.reported + part).slice(-4000);
  });
  return child;
}

/** Ends a server: asks it, and insists after some seconds. */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

/** Sends a body until it is answered well. @returns milliseconds from the call on */
export async function untilGood(child, url, body, isGood, patienceMs = 30_000) {
  const from = performance.now();
  let last = 'nothing';
  while (performance.now() - from < patienceMs) {
    if (child.exitCode !== null) throw new Error(`It ended with ${child.exitCode}: ${child.reported}`);
    try {
      last = await post(url, body);
      if (isGood(last)) return performance.now() - from;
    } catch (error) {
      last = error.message;
    }
    await wait(25);
  }
  throw new Error(`No good answer within ${patienceMs} ms. The last: ${last.slice(0, 500)} ${child.reported}`);
}

/** Sends a body and answers what came, as text. */
export async function post(url, body) {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  return answer.text();
}

/**
 * Milliseconds of CPU that a process's threads have used, as the scheduler counts it: finer than a process's own ticks of
 * 10 ms. undefined if the system does not report it.
 */
export function cpuMs(pid) {
  try {
    const ofThread = (id) => Number(readFileSync(`/proc/${pid}/task/${id}/schedstat`, 'utf8').split(' ')[0]);
    return readdirSync(`/proc/${pid}/task`).reduce((sum, id) => sum + ofThread(id), 0) / 1e6;
  } catch {
    return undefined;
  }
}

/** MiB of memory that a process holds. undefined if the system does not report it. */
export function rssMiB(pid) {
  try {
    return Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024);
  } catch {
    return undefined;
  }
}
