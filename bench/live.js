/**
 * How fast changes reach subscriptions by server-sent events: changes each to one of many streams, then one change to all, and
 * the memory of a stream. A time is from the change, as its event states it, to its arrival at the client.
 *
 *   npm run bench:live               1,000 streams, 200 changes a second for 10 s
 *   npm run bench:live -- 500 100 5  500 streams, 100 changes a second for 5 s
 */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { CREATION, startGatewayProcess } from './support/gateway-process.js';
import { quantile } from './support/load.js';

const [streams = 1_000, rate = 200, seconds = 10] = process.argv.slice(2).map(Number);
/** Changes that go to all streams, one after the other. */
const BROADCASTS = 10;
/** Streams that are opened at once. */
const OPENED_AT_ONCE = 50;

const UPDATE = `mutation ($id: ID!, $text: String!) {
  updateTaskContact(input: { contactId: $id, description: $text }) { errors { message } }
}`;
const CHANGED = `subscription ($ids: [ID!]!) {
  connectContactChanged(of: { contactIds: $ids }) { kind occurredAt contact { id name state } }
}`;

const gateway = await startGatewayProcess({
  MAX_SUBSCRIPTIONS: '100000',
  MAX_SUBSCRIPTIONS_PER_CALLER: '100000',
});
const agent = new Agent({ keepAlive: true });
try {
  const ids = [];
  for (let index = 0; index < streams; index += 1) {
    const { data } = await send(CREATION);
    ids.push(data.createTaskContact.contact.id);
  }
  const before = gateway.rssBytes();
  const each = await openAll((index) => [ids[index]]);
  const cpu = gateway.cpuSeconds();
  const changes = rate * seconds;
  const from = performance.now();
  const sent = [];
  for (let index = 0; index < changes; index += 1) {
    const wait = from + (index * 1000) / rate - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    sent.push(update(ids[(index * 7) % streams], `change ${index}`));
  }
  await Promise.all(sent);
  await each.received(changes);
  const took = gateway.cpuSeconds() - cpu;
  const rss = gateway.rssBytes();
  console.log(
    `${changes} changes, ${rate}/s, each to one of ${streams} streams: p50 ${ms(quantile(each.times, 0.5))}, p99 ${ms(quantile(each.times, 0.99))}; ${((took * 1000) / changes).toFixed(2)} ms of CPU a change.`,
  );
  console.log(`${((rss - before) / 1024 / streams).toFixed(1)} KB of RSS a stream, after those changes.`);
  each.close();

  const all = await openAll(() => [ids[0]]);
  const lasts = [];
  const cpuOfOne = gateway.cpuSeconds();
  for (let index = 0; index < BROADCASTS; index += 1) {
    all.times.length = 0;
    await update(ids[0], `to all ${index}`);
    await all.received(streams);
    lasts.push(Math.max(...all.times));
  }
  console.log(
    `One change to ${streams} streams: the last one p50 ${ms(quantile(lasts, 0.5))}, worst ${ms(Math.max(...lasts))}; ${(((gateway.cpuSeconds() - cpuOfOne) * 1000) / BROADCASTS).toFixed(0)} ms of CPU a change.`,
  );
  all.close();
} finally {
  agent.destroy();
  await gateway.stop();
}

function ms(value) {
  return `${value.toFixed(1)} ms`;
}

async function send(body) {
  const call = post(body, { agent }).end(body);
  const [response] = await once(call, 'response');
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return JSON.parse(text);
}

function update(id, text) {
  return send(JSON.stringify({ query: UPDATE, variables: { id, text } }));
}

function post(body, { agent: through, accept = 'application/json' } = {}) {
  return request(`${gateway.url}/graphql`, {
    method: 'POST',
    agent: through ?? false,
    headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), accept },
  });
}

/** Opens the streams; each follows the contacts that `idsOf` names. */
async function openAll(idsOf) {
  const times = [];
  const calls = [];
  let look = () => {};
  const open = async (index) => {
    const body = JSON.stringify({ query: CHANGED, variables: { ids: idsOf(index) } });
    const call = post(body, { accept: 'text/event-stream' }).end(body);
    calls.push(call);
    const [response] = await once(call, 'response');
    if (response.statusCode !== 200) throw new Error(`A stream was refused with ${response.statusCode}`);
    response.setEncoding('utf8').on('error', () => {});
    call.on('error', () => {});
    response.on('data', (text) => {
      const now = Date.now();
      for (const [, at] of text.matchAll(/"occurredAt":"([^"]+)"/g)) times.push(now - Date.parse(at));
      look();
    });
  };
  for (let index = 0; index < streams; index += OPENED_AT_ONCE) {
    const batch = Array.from({ length: Math.min(OPENED_AT_ONCE, streams - index) }, (_, offset) =>
      open(index + offset),
    );
    await Promise.all(batch);
  }
  return {
    times,
    async received(count) {
      while (times.length < count) {
        await new Promise((resolve) => {
          look = resolve;
        });
      }
    },
    close() {
      for (const call of calls) call.destroy();
    },
  };
}
