/** The load: some bodies in turn over some connections, by wrk where it is installed, else by autocannon. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pinned } from './servers.js';

/** Which generator is used; both would not compare. */
export const GENERATOR = spawnSync('wrk', ['-v']).error ? 'autocannon' : 'wrk';

const SCRIPT = fileURLToPath(new URL('load.lua', import.meta.url));
const OWN = fileURLToPath(import.meta.url);

/** @returns requests a second, p50 and p99 in milliseconds, and how many failed */
export async function load({ url, bodies, connections, seconds, cores }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-bodies-'));
  // A line each: JSON has no line break of its own.
  const file = join(folder, 'bodies.jsonl');
  writeFileSync(file, bodies.join('\n'));
  const command =
    GENERATOR === 'wrk'
      ? ['wrk', '-t1', `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '-s', SCRIPT, url, '--', file]
      : [process.execPath, OWN, url, file, String(connections), String(seconds)];
  try {
    return await figuresOf(pinned(cores, command));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function figuresOf([command, ...args]) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let reported = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (part) => {
        reported += part;
      });
    }
    child.once('error', reject);
    child.once('close', () => {
      const figures = /^FIGURES(.*)$/m.exec(reported);
      if (figures) resolve(JSON.parse(figures[1]));
      else reject(new Error(`The load generator failed: ${reported.slice(-1000)}`));
    });
  });
}

// Run as a program, it is the load generator of machines without wrk: in a process of its own, to be pinned as that is.
if (process.argv[1] === OWN) {
  const { default: autocannon } = await import('autocannon');
  const [url, file, connections, duration] = process.argv.slice(2);
  const { requests, latency, errors, non2xx } = await autocannon({
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    requests: readFileSync(file, 'utf8')
      .split('\n')
      .map((body) => ({ body })),
    connections: Number(connections),
    duration: Number(duration),
  });
  const figures = { rate: requests.average, p50: latency.p50, p99: latency.p99, errors: errors + non2xx };
  console.log(`FIGURES${JSON.stringify(figures)}`);
}
