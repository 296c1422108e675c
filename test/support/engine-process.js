/**
 * An engine in a process of its own, as built, on TARGET: a file of SQLite, or a URL of PostgreSQL.
 *   open TARGET            reports whether it could be opened, and holds it until standard input ends
 *   create TARGET CALLERS  makes and ends tasks as fast as it can until it is killed; reports what was answered
 *   race TARGET REQUESTS QUOTAS
 *                          reports that it is open, sends the requests (JSON) at once after a signal, reports the outcomes
 * It reports one JSON value a line, written out before anything else happens.
 */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { openEmbeddedConnect } from '../../dist/engine/open.js';

const INSTANCE = '10000000-0000-4000-8000-000000000001';
const FLOW = '20000000-0000-4000-8000-000000000001';
/** Tasks of a chain that `create` makes, the root among them. */
const CHAIN = 5;

const [job, target, ...given] = process.argv.slice(2);
const databaseUrl = target.startsWith('postgres') ? target : `file:${target}`;
const run = randomUUID();

const report = (value) => writeSync(1, `${JSON.stringify(value)}\n`);

async function open(quotas = {}) {
  return openEmbeddedConnect({ databaseUrl, quotas: { activeTasks: 1_000_000, chainTasks: 12, ...quotas } });
}

async function hold() {
  try {
    const engine = await open();
    report({ opened: true });
    process.stdin.resume().on('end', () => engine.close());
  } catch ({ name, message }) {
    report({ opened: false, name, message });
  }
}

/**
 * Makes a root, then tasks that link to it, then ends the root, and so on. Each creation has a token, so that it can be
 * repeated, and an attribute that says by its value who set it.
 */
async function createForever(engine, caller) {
  for (let chain = 0; ; chain++) {
    let root;
    for (let task = 0; task < CHAIN; task++) {
      const clientToken = `${run}/${caller}/${chain}/${task}`;
      const members = {
        clientToken,
        name: clientToken,
        attributes: [{ key: `task${task}`, value: clientToken }],
        ...(root && { previousContactId: root }),
      };
      const { contactId } = await engine.startTaskContact({ instanceId: INSTANCE, contactFlowId: FLOW, ...members });
      root ??= contactId;
      report({ contactId, members });
    }
    await engine.stopContact({ instanceId: INSTANCE, contactId: root });
    report({ stopped: root });
  }
}

async function race(requests, quotas) {
  const engine = await open(quotas);
  report({ opened: true });
  await once(process.stdin, 'data');
  process.stdin.destroy();
  const outcomes = requests.map(async (members) => {
    try {
      const request = { instanceId: INSTANCE, contactFlowId: FLOW, name: 'Race', ...members };
      return { contactId: (await engine.startTaskContact(request)).contactId };
    } catch ({ code, quota }) {
      return { code, quota };
    }
  });
  report(await Promise.all(outcomes));
  await engine.close();
}

if (job === 'open') await hold();
if (job === 'race') await race(JSON.parse(given[0]), JSON.parse(given[1]));
if (job === 'create') {
  const engine = await open();
  for (let caller = 0; caller < Number(given[0]); caller++) void createForever(engine, caller);
}
