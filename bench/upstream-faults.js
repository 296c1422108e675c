/**
 * What stands between callers and Amazon Connect's rates and faults: the gateway, and AWS's SDK alone with its defaults, at
 * the same work in one run. The service is the emulator, behind a proxy that throttles, fails and hangs by a plan.
 *
 *   npm run bench:upstream                     all rows, some five minutes
 *   npm run bench:upstream -- burst faults     these rows: burst, faults, polling, dead, replicas
 */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { ConnectClient, ListAssociatedContactsCommand, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { SAMPLE_INSTANCE_ID } from '../dist/engine/seed/sample-instance.js';
import { Caller, create } from '../test/support/callers.ts';
import { seededFaults, startFaultProxy } from '../test/support/fault-proxy.ts';
import { testPostgres } from '../test/support/postgres.ts';
import { endpointOf, startEmulator, startProgram, temporaryFolder, urlOf } from '../test/support/process.ts';

const FLOW = '20000000-0000-4000-8000-000000000001';
const VOICE = '50000000-0000-4000-8000-000000000001';
const CREDENTIALS = { accessKeyId: 'any', secretAccessKey: 'any' };
const OUT_OF_REACH = 'ActiveTasks=1000000,ChainTasks=12';

/** Callers of the gateway, each at an address of its own. */
const CALLERS = 20;

const ROWS = { burst, faults, polling, dead, replicas };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(ROWS, name));
if (unknown.length > 0)
  throw new Error(`No such row: ${unknown.join(', ')}. There are ${Object.keys(ROWS).join(', ')}.`);

const table = [['what', 'gateway', 'SDK alone', 'to reach']];
for (const [name, row] of Object.entries(ROWS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  table.push(...(await row()));
}
print(table);

/** 200 creations at once from 20 callers, under the quota of 2 a second with bursts of 5. */
async function burst() {
  const each = 10;
  const all = CALLERS * each;
  const needed = (all - 5) / 2;
  const work = async (settings, createOne) => {
    await using service = await startService({ CONNECT_THROTTLE: 'on', ...settings });
    const began = performance.now();
    const outcomes = await createOne(service);
    const seconds = (performance.now() - began) / 1000;
    const lost = outcomes.filter((outcome) => outcome !== 'CREATED').length;
    return { seconds, lost, ...service.count() };
  };
  const names = Array.from({ length: all }, (_, index) => `Task ${index}`);
  const [ours, theirs] = await Promise.all([
    work({}, async (service) => {
      await using gateway = await startGateway(service.url, { REQUEST_TIMEOUT_MS: '120000' });
      return await withCallers(gateway.url, (callers) =>
        Promise.all(names.map((name, index) => create(callers[index % CALLERS], taskOf(name)))),
      );
    }),
    work({}, async (service) => {
      const clients = Array.from({ length: CALLERS }, () => sdk(service.url));
      return await Promise.all(names.map((name, index) => sdkCreate(clients[index % CALLERS], { Name: name })));
    }),
  ]);
  const shown = ({ seconds, lost, tasks, names: different }) =>
    `${all - lost} created, ${lost} lost, ${tasks - different} twice; ${seconds.toFixed(1)} s`;
  return [
    [
      `${all} creations at once, 2/s`,
      `${shown(ours)}, ${(ours.seconds / needed).toFixed(3)} times what the quota needs`,
      shown(theirs),
      `all once, within 1.1 times ${needed} s`,
    ],
  ];
}

/** 1,000 creations while one in ten is answered 500 after it was made, and one in ten never. */
async function faults() {
  const all = 1_000;
  const plan = seededFaults(1, [
    [0.1, { kind: 'fail', passed: true }],
    [0.1, { kind: 'hang', passed: true }],
  ]);
  const inputs = Array.from({ length: all }, (_, index) => ({
    ...taskOf(`Task ${index}`),
    clientToken: `token-${index}`,
  }));
  const ours = async () => {
    await using service = await startService();
    await using proxy = await startFaultProxy(service.url, plan);
    await using gateway = await startGateway(proxy.url, {
      CONNECT_RATES: 'StartTaskContact=100000/100000',
      CONNECT_CALL_TIMEOUT_MS: '1000',
      REQUEST_TIMEOUT_MS: '60000',
    });
    return await withCallers(gateway.url, async (callers) => {
      const createAll = (some) => atMost(400, some, (input, index) => create(callers[index % CALLERS], input));
      const outcomes = await createAll(inputs);
      const undecided = inputs.filter((_, index) => outcomes[index] === 'OUTCOME_UNKNOWN');
      const other = outcomes.filter((outcome) => outcome !== 'CREATED' && outcome !== 'OUTCOME_UNKNOWN');
      const again = await createAll(undecided);
      const settled = again.filter((outcome) => outcome === 'CREATED').length;
      const { tasks } = service.count();
      return `${all - undecided.length - other.length} created, ${undecided.length} unknown (${settled} settled by a repeat), ${other.length} otherwise${other.length > 0 ? ` (${[...new Set(other)]})` : ''}; ${tasks} contacts`;
    });
  };
  const theirs = async () => {
    await using service = await startService();
    await using proxy = await startFaultProxy(service.url, plan);
    // Without a time-out of its own the SDK would wait for ever for one call in ten.
    const requestHandler = { requestTimeout: 1_000, throwOnRequestTimeout: true };
    const clients = Array.from({ length: CALLERS }, () => sdk(proxy.url, { requestHandler }));
    const outcomes = await atMost(400, inputs, ({ name }, index) =>
      sdkCreate(clients[index % CALLERS], { Name: name }),
    );
    const created = outcomes.filter((outcome) => outcome === 'CREATED').length;
    return `${created} created, ${all - created} failed without a token to ask by; ${service.count().tasks} contacts`;
  };
  return [
    [
      `${all} creations; 10 % fail after creating, 10 % time out`,
      await ours(),
      await theirs(),
      `created or unknown; ${all} contacts after a repeat`,
    ],
  ];
}

/** Ten pages that poll one chain every second. */
async function polling() {
  const seconds = 20;
  const pages = 10;
  const query = `{ connectContactChain(contactId: "${VOICE}") { linkedTaskCount contacts { id endedAt } } }`;
  const work = async (ask) => {
    await using service = await startService({ CONNECT_THROTTLE: 'on' });
    await using proxy = await startFaultProxy(service.url);
    const pollers = await ask(proxy.url);
    const began = performance.now();
    let answered = 0;
    const poll = async (page) => {
      for (let second = 0; second < seconds; second++) {
        await pause(Math.max(0, began + second * 1000 + page * 20 - performance.now()));
        // Who waited for too long has missed this one.
        if (performance.now() - began < (second + 1) * 1000 && (await pollers.poll(page))) answered++;
      }
    };
    await Promise.all(Array.from({ length: pages }, (_, page) => poll(page)));
    const elapsed = (performance.now() - began) / 1000;
    await pollers.close();
    const listings = proxy.calls.filter(({ operation }) => operation === 'ListAssociatedContacts').length;
    return { listings, answered, elapsed };
  };
  const [ours, theirs] = await Promise.all([
    work(async (url) => {
      const gateway = await startGateway(url);
      const callers = Array.from({ length: pages }, (_, page) => new Caller(gateway.url, page));
      return {
        poll: async (page) => (await callers[page].ask(query, {})).errors === undefined,
        async close() {
          for (const caller of callers) caller[Symbol.dispose]();
          await gateway[Symbol.asyncDispose]();
        },
      };
    }),
    work(async (url) => {
      const clients = Array.from({ length: pages }, () => sdk(url));
      const input = { InstanceId: SAMPLE_INSTANCE_ID, ContactId: VOICE };
      return {
        poll: (page) =>
          clients[page].send(new ListAssociatedContactsCommand(input)).then(
            () => true,
            () => false,
          ),
        async close() {},
      };
    }),
  ]);
  const shown = ({ listings, answered, elapsed }) =>
    `${listings} listings in ${elapsed.toFixed(1)} s; ${answered} of ${pages * seconds} polls answered`;
  return [
    ['Ten pages poll a chain each second', shown(ours), shown(theirs), `1 listing in 2 s: ${Math.ceil(seconds / 2)}`],
  ];
}

/** A service that is gone, refusing connections or silent, and comes back. */
async function dead() {
  const rows = [];
  for (const [how, die, revive] of [
    ['refuses connections', (proxy) => proxy.goDown(), (proxy) => proxy.comeBack()],
    [
      'says nothing',
      async (proxy) => {
        proxy.plan = () => ({ kind: 'hang', passed: false });
      },
      async (proxy) => {
        proxy.plan = () => undefined;
      },
    ],
  ]) {
    await using service = await startService();
    await using proxy = await startFaultProxy(service.url);
    await using gateway = await startGateway(proxy.url, {
      CONNECT_RATES: 'StartTaskContact=1000/1000',
      CONNECT_CALL_TIMEOUT_MS: '1000',
      REQUEST_TIMEOUT_MS: '5000',
    });
    rows.push(
      await withCallers(gateway.url, async (callers) => {
        // A gateway that has been at work, as it is when its service dies.
        await Promise.all(
          callers.map(async (caller) => {
            for (let turn = 0; turn < 20; turn++) await create(caller, taskOf('Before'));
          }),
        );
        await die(proxy);
        const answers = [];
        let isOver = false;
        let opened;
        const work = async (caller, place) => {
          for (let turn = 0; !isOver; turn++) {
            const began = performance.now();
            const outcome = await create(caller, taskOf(`Task ${place}-${turn}`));
            const ended = performance.now();
            answers.push({ outcome, began, ended });
            // The first answer that did not wait for the service.
            if (outcome === 'CONNECT_UNAVAILABLE' && ended - began < 50 && opened === undefined) opened = began;
            await pause(100);
          }
        };
        const working = callers.map(work);
        await pause(12_000);
        const revived = performance.now();
        await revive(proxy);
        while (!answers.some(({ outcome, ended }) => outcome === 'CREATED' && ended > revived)) await pause(10);
        const back = Math.min(
          ...answers.filter(({ outcome, ended }) => outcome === 'CREATED' && ended > revived).map(({ ended }) => ended),
        );
        isOver = true;
        await Promise.all(working);
        const open = answers.filter(({ began, ended }) => began >= opened && ended <= revived);
        const quick = open.filter(({ began, ended }) => ended - began <= 50).length;
        const times = open.map(({ began, ended }) => ended - began).sort((a, b) => a - b);
        return {
          how,
          share: (100 * quick) / open.length,
          p99: times[Math.floor(times.length * 0.99)],
          answers: open.length,
          recovery: (back - revived) / 1000,
        };
      }),
    );
  }
  await using service = await startService();
  await using proxy = await startFaultProxy(service.url);
  const client = sdk(proxy.url);
  await proxy.goDown();
  const times = [];
  for (let turn = 0; turn < 20; turn++) {
    const began = performance.now();
    await sdkCreate(client, { Name: 'Task' });
    times.push(performance.now() - began);
  }
  const slowest = Math.max(...times);
  return rows.map(({ how, share, p99, answers, recovery }, index) => [
    `The service ${how}`,
    `${share.toFixed(2)} % of ${answers} answers within 50 ms (p99 ${p99.toFixed(1)} ms); back after ${recovery.toFixed(1)} s`,
    index === 0
      ? `every call fails for itself, after up to ${slowest.toFixed(0)} ms`
      : 'waits for ever: it has no time-out',
    '99 % within 50 ms; back within 5 s',
  ]);
}

/** Two replicas that share a budget through PostgreSQL. */
async function replicas() {
  const seconds = 20;
  const rate = { perSecond: 20, burst: 5 };
  const quota = (elapsed) => rate.burst + rate.perSecond * elapsed;
  const server = await testPostgres();
  try {
    const url = await server.createDatabase();
    await using service = await startService();
    await using proxy = await startFaultProxy(service.url);
    const settings = {
      DATABASE_URL: url,
      CONNECT_REPLICAS: '2',
      CONNECT_RATES: `StartTaskContact=${rate.perSecond}/${rate.burst}`,
    };
    await using one = await startGateway(proxy.url, settings);
    await using other = await startGateway(proxy.url, settings);
    const load = async (work, callers, until) => {
      await Promise.all(
        callers.map(async (caller, place) => {
          for (let turn = 0; performance.now() < until; turn++) await work(caller, `Task ${place}-${turn}`);
        }),
      );
    };
    const counted = async (calls, run) => {
      const before = calls.length;
      await run(performance.now() + seconds * 1000);
      const made = calls.slice(before).filter(({ operation }) => operation === 'StartTaskContact');
      const elapsed = (made.at(-1).at - made[0].at) / 1000;
      return { made: made.length, times: made.length / quota(elapsed), elapsed };
    };
    const ours = await counted(proxy.calls, (until) =>
      withCallers(one.url, (first) =>
        withCallers(other.url, (second) =>
          load((caller, name) => create(caller, taskOf(name)), [...first, ...second], until),
        ),
      ),
    );
    const clients = Array.from({ length: 2 }, () => sdk(proxy.url));
    const theirs = await counted(proxy.calls, (until) =>
      load((client, Name) => sdkCreate(client, { Name }), clients, Math.min(until, performance.now() + 5_000)),
    );
    const shown = ({ made, times, elapsed }) =>
      `${made} calls in ${elapsed.toFixed(1)} s: ${times.toFixed(3)} times the quota`;
    return [
      [
        `Two replicas, one budget of ${rate.perSecond}/s`,
        shown(ours),
        `${shown(theirs)}, two callers`,
        'at most 1.05 times',
      ],
    ];
  } finally {
    await server.stop();
  }
}

/** The emulator on a file of its own. */
async function startService(settings = {}) {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'connect.db');
  const emulator = startEmulator({
    DATABASE_URL: `file:${file}`,
    CONNECT_QUOTAS: OUT_OF_REACH,
    LOG_LEVEL: 'error',
    ...settings,
  });
  const url = await endpointOf(emulator);
  return {
    url,
    /** Tasks that were made, and how many of them have names of their own: each creation has another one. */
    count() {
      const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
      const counted = database
        .prepare("select count(*) as tasks, count(distinct name) as names from contact where channel = 'TASK'")
        .get();
      database.close();
      return counted;
    },
    async [Symbol.asyncDispose]() {
      emulator.child.kill('SIGTERM');
      await emulator.exit;
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function startGateway(endpoint, settings = {}) {
  const gateway = startProgram({
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_REGION: 'us-east-1',
    AWS_ENDPOINT_URL_CONNECT: endpoint,
    CONNECT_ADAPTER: 'aws',
    CONNECT_INSTANCE_ID: SAMPLE_INSTANCE_ID,
    LOG_LEVEL: 'error',
    ...settings,
  });
  const url = await urlOf(gateway);
  return {
    url,
    async [Symbol.asyncDispose]() {
      gateway.child.kill('SIGTERM');
      await gateway.exit;
    },
  };
}

/** Does the same with each item, some at once: a gateway takes no more requests at once than it can answer. */
async function atMost(width, items, work) {
  const results = new Array(items.length);
  const rest = items.entries();
  const worker = async () => {
    for (const [index, item] of rest) results[index] = await work(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}

async function withCallers(url, work) {
  const callers = Array.from({ length: CALLERS }, (_, place) => new Caller(url, place));
  try {
    return await work(callers);
  } finally {
    for (const caller of callers) caller[Symbol.dispose]();
  }
}

/** A client of AWS's SDK as it comes, but for where it calls. */
function sdk(endpoint, config = {}) {
  return new ConnectClient({ endpoint, region: 'us-east-1', credentials: CREDENTIALS, ...config });
}

/** Creates a task. Returns CREATED, or the name of the error. */
async function sdkCreate(client, members) {
  try {
    await client.send(new StartTaskContactCommand({ InstanceId: SAMPLE_INSTANCE_ID, ContactFlowId: FLOW, ...members }));
    return 'CREATED';
  } catch (error) {
    return error.name;
  }
}

function taskOf(name) {
  return { name, flow: { contactFlowId: FLOW } };
}

function print(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...others] = rows;
  console.log(
    [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...others.map(line)].join('\n'),
  );
}
