/**
 * AWS's SDK alone, in a loop: the calls a second that one core can sign, send and read. What the AWS adapter is held
 * against. Prints one line of JSON.
 *
 *   node peers/sdk.js create|chain CALLERS SECONDS WARM_UP_SECONDS
 */
import {
  ConnectClient,
  DescribeContactCommand,
  GetContactAttributesCommand,
  ListAssociatedContactsCommand,
  StartTaskContactCommand,
} from '@aws-sdk/client-connect';
import { CHAIN, CREATION, INSTANCE_ID } from '../lib/content.js';

const [workload, callers, seconds, warmUp] = process.argv.slice(2);
const client = new ConnectClient({});

const requests = {
  async create() {
    const { name, description, contactFlowId, attributes, references } = CREATION;
    await client.send(
      new StartTaskContactCommand({
        InstanceId: INSTANCE_ID,
        Name: name,
        Description: description,
        ContactFlowId: contactFlowId,
        Attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, value])),
        References: Object.fromEntries(references.map((each) => [each.name, { Type: each.type, Value: each.value }])),
      }),
    );
  },
  async chain() {
    const [{ id: root }] = CHAIN;
    await client.send(new ListAssociatedContactsCommand({ InstanceId: INSTANCE_ID, ContactId: root }));
    await Promise.all([
      ...CHAIN.map(({ id }) => client.send(new DescribeContactCommand({ InstanceId: INSTANCE_ID, ContactId: id }))),
      client.send(new GetContactAttributesCommand({ InstanceId: INSTANCE_ID, InitialContactId: root })),
    ]);
  },
};

const request = requests[workload];
const run = async (until) => {
  let count = 0;
  const took = [];
  await Promise.all(
    Array.from({ length: Number(callers) }, async () => {
      for (let from = performance.now(); from < until; ) {
        await request();
        const now = performance.now();
        took.push(now - from);
        from = now;
        count++;
      }
    }),
  );
  return { count, took };
};
await run(performance.now() + Number(warmUp) * 1000);
const from = performance.now();
const cpuBefore = process.cpuUsage();
const { count, took } = await run(from + Number(seconds) * 1000);
took.sort((a, b) => a - b);
const at = (share) => took[Math.floor((took.length - 1) * share)] ?? 0;
const cpu = process.cpuUsage(cpuBefore);
const elapsed = (performance.now() - from) / 1000;
console.log(
  JSON.stringify({
    rate: count / elapsed,
    p50: at(0.5),
    p99: at(0.99),
    cpuUs: (cpu.user + cpu.system) / count,
    errors: 0,
  }),
);
