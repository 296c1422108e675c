/**
 * Whether memory stays flat: a gateway under steady load of creations, chains and invalid input, its memory looked at ten
 * times. Ends with 1 where the last third holds more than a fifth above the first after warm-up.
 *
 *   npm run bench:soak                 30 minutes
 *   npm run bench:soak -- 2            2 minutes
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CREATE, chainOf, INVALID } from './lib/documents.js';
import { median, progress } from './lib/figures.js';
import { load } from './lib/load.js';
import { copyOf, prepared } from './lib/prepare.js';
import { rssMiB, startNode, stop, untilGood } from './lib/servers.js';

const PORT = 4902;
const URL_OF_GATEWAY = `http://127.0.0.1:${PORT}/graphql`;
const LOOKS = 10;
const MAX_GROWTH = 1.2;

const minutes = Number(process.argv[2] ?? 30);
const folder = mkdtempSync(join(tmpdir(), 'soak-'));
const { file, last } = await prepared(folder, 1000);
const child = startNode('0', [new URL('../dist/main.js', import.meta.url).pathname], {
  env: {
    PORT: String(PORT),
    DATABASE_URL: `file:${copyOf(file)}`,
    CONNECT_QUOTAS: 'ActiveTasks=999999999',
    LOG_LEVEL: 'warn',
  },
});
try {
  const documents = [CREATE, chainOf(last), INVALID].map((document) => JSON.stringify(document));
  await untilGood(child, URL_OF_GATEWAY, documents[0], (text) => text.includes('"createTaskContact"'));
  const seconds = Math.max(1, Math.round((minutes * 60) / LOOKS / documents.length));
  const held = [];
  for (let look = 1; look <= LOOKS; look++) {
    for (const body of documents) await load({ url: URL_OF_GATEWAY, body, connections: 32, seconds, cores: '1' });
    held.push(rssMiB(child.pid));
    progress(`${Math.round((minutes * look) / LOOKS)} of ${minutes} minutes: ${held.at(-1)} MiB`);
  }
  // The first look is warm-up.
  const [before, after] = [median(held.slice(1, 4)), median(held.slice(-3))];
  console.log(`${before} MiB at first, ${after} MiB at last: ${(after / before).toFixed(2)} times`);
  if (after > before * MAX_GROWTH) process.exitCode = 1;
} finally {
  await stop(child);
  rmSync(folder, { recursive: true, force: true });
}
