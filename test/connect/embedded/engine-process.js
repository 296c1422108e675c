/**
 * An engine in a process of its own, as built:
 *   open FILE            tells whether the file could be opened, and holds it until standard input ends
 *   create FILE CALLERS  creates contacts as fast as it can until it is killed; tells each that was answered
 * It tells one JSON value a line, written out before anything else happens.
 */
import { writeSync } from 'node:fs';
import { openEmbeddedConnect } from '../../../dist/connect/embedded/open.js';

const [job, file, callers] = process.argv.slice(2);

const tell = (value) => writeSync(1, `${JSON.stringify(value)}\n`);

async function open() {
  return openEmbeddedConnect({ databaseUrl: `file:${file}`, quotas: { activeTasks: 1_000_000, chainTasks: 12 } });
}

async function hold() {
  try {
    const engine = await open();
    tell({ opened: true });
    process.stdin.resume().on('end', () => engine.close());
  } catch ({ name, message }) {
    tell({ opened: false, name, message });
  }
}

/** Creates a root, then tasks that link to it, then the next root: each with a token, so that it can be repeated. */
async function createForever(engine, caller) {
  let root;
  for (let turn = 0; ; turn++) {
    const isRoot = turn % 5 === 0;
    const clientToken = `${process.pid}-${caller}-${turn}`;
    const members = {
      clientToken,
      name: clientToken,
      attributes: [{ key: `turn${turn % 5}`, value: clientToken }],
      ...(!isRoot && { previousContactId: root }),
    };
    const { contactId } = await engine.startTaskContact({
      instanceId: '10000000-0000-4000-8000-000000000001',
      contactFlowId: '20000000-0000-4000-8000-000000000001',
      ...members,
    });
    if (isRoot) root = contactId;
    tell({ contactId, members });
  }
}

if (job === 'open') await hold();
if (job === 'create') {
  const engine = await open();
  for (let caller = 0; caller < Number(callers); caller++) void createForever(engine, caller);
}
