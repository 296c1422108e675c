/**
 * Measures the CPU of executing a chain of 12 in this process, with graphql-js' default resolver for the fields of objects
 * and with type-graphql's own: ten rounds in pairs, 200 executions each.
 *
 *   npm run bench:fields
 */
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, parse } from 'graphql';
import { readConfig } from '../dist/config/config.js';
import { engineOptions } from '../dist/config/engine.js';
import { openEmbeddedConnect } from '../dist/engine/open.js';
import { instanceTable } from '../dist/graphql/instances.js';
import { AnswerSize } from '../dist/graphql/loading/answer-size.js';
import { createLoaders } from '../dist/graphql/loading/loaders.js';
import { buildSubgraph } from '../dist/graphql/schema.js';
import { chainOf, nestedChainOf } from './lib/documents.js';
import { median, shownRatios } from './lib/figures.js';

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
const config = readConfig({ DATABASE_URL: `file:${join(folder, 'connect.db')}` });
const connect = await openEmbeddedConnect({ ...engineOptions(config), now: Date.now });
const { instanceId } = config;
let previousContactId = '50000000-0000-4000-8000-000000000001';
for (let link = 1; link <= 12; link++) {
  const contactFlowId = '20000000-0000-4000-8000-000000000001';
  const attributes = [{ key: `key-${link}`, value: 'value' }];
  const request = { instanceId, name: `Task ${link}`, contactFlowId, previousContactId, attributes };
  previousContactId = (await connect.startTaskContact(request)).contactId;
}
const schemas = [await buildSubgraph(), await buildSubgraph(() => {})].map(({ schema }) => schema);
const instances = instanceTable(instanceId, config.instances);

for (const [name, { query, variables }] of [
  ['a chain of 12', chainOf(previousContactId)],
  ['the same, nested', nestedChainOf(previousContactId)],
]) {
  const document = parse(query);
  const rounds = [];
  for (let round = -2; round < 10; round++) {
    const measured = [];
    for (const schema of schemas) measured.push(await microseconds(schema, document, variables));
    if (round >= 0) rounds.push(measured);
  }
  for (const [index, by] of ['default resolver', "type-graphql's resolvers"].entries()) {
    console.log(`${name}, ${by}: ${median(rounds.map((round) => round[index])).toFixed(0)} µs of CPU`);
  }
  console.log(`the default resolver takes ${shownRatios(rounds.map(([fast, plain]) => fast / plain))} the CPU`);
}
await connect.close();
rmSync(folder, { recursive: true });

async function microseconds(schema, document, variableValues, count = 200) {
  const before = process.cpuUsage();
  for (let nth = 0; nth < count; nth++) {
    const loaders = createLoaders(connect, {});
    const contextValue = {
      connect,
      instances,
      loaders,
      chainTasks: 12,
      members: new Map(),
      answerSize: new AnswerSize(8_388_608),
    };
    const { errors } = await execute({ schema, document, variableValues, contextValue });
    if (errors) throw errors[0];
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / count;
}
