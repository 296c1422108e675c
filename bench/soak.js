/**
 * Whether memory stays flat: a gateway under a steady load of all ready operations, its memory looked at thirty times after
 * all garbage was collected by force. Writes its section of docs/benchmarks.md, and ends with 1 where memory rises.
 *
 *   npm run bench:soak                 30 minutes
 *   npm run bench:soak -- 2            2 minutes; writes nothing
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { slopeOf, soakBodies, startSoakedGateway } from '../test/support/soak.ts';
import { progress } from './lib/figures.js';
import { NODE_FLAGS } from './lib/flags.js';
import { circumstances, table, writeSection } from './report.js';
import { closedLoad } from './support/load.js';

const CALLERS = 16;
const LOOKS = 30;
const WHOLE_MINUTES = 30;

/**
 * How far the straight line that fits the second half best may rise in that half, as a part of what is held: the swing of
 * a flat run. SQLite's caches and the pieces that freed memory comes in make RSS swing more than the heap. The first half is
 * warm-up: what is kept within bounds fills.
 */
const MAY_RISE = { heap: 0.03, rss: 0.05 };

const minutes = Number(process.argv[2] ?? WHOLE_MINUTES);
if (!(minutes > 0)) throw new Error('Usage: npm run bench:soak -- MINUTES');
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const gateway = await startSoakedGateway(
  {
    DATABASE_URL: `file:${join(folder, 'connect.db')}`,
    NODE_ENV: 'production',
    CONNECT_ADAPTER: 'embedded',
    GRAPHIQL: 'on',
    AUDIT_LOG: 'on',
  },
  ...NODE_FLAGS,
);
try {
  const bodies = soakBodies();
  const looks = [];
  for (let look = 1; look <= LOOKS; look++) {
    const { answers, rate } = await closedLoad(gateway.url, bodies, CALLERS, (minutes * 60_000) / LOOKS);
    const failed = answers.filter(({ status }) => status !== 200).length;
    const { heap, rss } = await gateway.memory();
    looks.push({ minute: (minutes * look) / LOOKS, rate, failed, heap, rss });
    progress(`${shown(looks.at(-1)).join(', ')} (minute, requests/s, failed, heap MiB, RSS MiB)`);
  }
  const verdicts = Object.keys(MAY_RISE).map((figure) => verdictOn(looks, figure));
  const text = section(looks, verdicts);
  console.log(text);
  if (minutes === WHOLE_MINUTES) writeSection('soak', text);
  if (verdicts.some(({ isFlat }) => !isFlat) || looks.some(({ failed }) => failed > 0)) process.exitCode = 1;
} finally {
  await gateway.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** How a figure goes over the second half of the looks. */
function verdictOn(looks, figure) {
  const half = looks.slice(looks.length / 2);
  const slope = slopeOf(half.map((look) => [look.minute, look[figure]]));
  const mean = half.reduce((sum, look) => sum + look[figure], 0) / half.length;
  const rise = (slope * (half.at(-1).minute - half[0].minute)) / mean;
  return { figure, slope, rise, isFlat: rise <= MAY_RISE[figure] };
}

function section(looks, verdicts) {
  const names = { heap: 'The heap', rss: 'RSS' };
  const percent = (share) => `${(share * 100).toFixed(1)} %`;
  return [
    '## soak: memory under all ready operations for half an hour, embedded',
    '',
    `${circumstances()}; ${CALLERS} callers, nothing pinned. Each look after all garbage was collected by force.`,
    '',
    ...verdicts.map(
      ({ figure, slope, rise, isFlat }) =>
        `- ${names[figure]} ${isFlat ? 'stays flat' : 'rises'}: ${mib(slope)} MiB a minute over the second half, ${percent(rise)} of it in all; flat is up to ${percent(MAY_RISE[figure])}.`,
    ),
    '',
    ...table(['minute', 'requests/s', 'failed', 'heap MiB', 'RSS MiB'], looks.map(shown)),
    '',
  ].join('\n');
}

function shown({ minute, rate, failed, heap, rss }) {
  return [minute.toFixed(minutes < LOOKS ? 2 : 0), Math.round(rate), failed, mib(heap), mib(rss)];
}

function mib(bytes) {
  return (bytes / 2 ** 20).toFixed(2);
}
