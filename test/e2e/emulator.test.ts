import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { announced, endpointOf, startEmulator, startProgram, temporaryFolder, urlOf } from '../support/process.js';
import { send } from '../support/wire.js';

const task = JSON.stringify({
  InstanceId: '10000000-0000-4000-8000-000000000001',
  ContactFlowId: '20000000-0000-4000-8000-000000000001',
  Name: 'Call back',
});

describe('The emulator', () => {
  it('logs its endpoint, serves the AWS API, answers what it accepted, and ends on SIGTERM', async () => {
    await using folder = await temporaryFolder();
    const emulator = startEmulator({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    const url = await endpointOf(emulator);
    await send(url, 'PUT', '/contact/task', task);
    const answers = Array.from({ length: 30 }, () => send(url, 'PUT', '/contact/task', task));
    await Promise.any(answers);
    emulator.child.kill('SIGTERM');
    const outcomes = await Promise.allSettled(answers);
    expect(await emulator.exit).toBe(0);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') expect(outcome.value.status).toBe(200);
  });

  it('takes the signatures of its access keys alone, where it has some', async () => {
    await using folder = await temporaryFolder();
    const emulator = startEmulator({
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
      CONNECT_WIRE_ACCESS_KEY_ID: 'AKIDLOCAL',
      CONNECT_WIRE_SECRET_ACCESS_KEY: 'secret',
    });
    const answer = await send(await endpointOf(emulator), 'PUT', '/contact/task', task);
    expect(answer).toMatchObject({ status: 403, type: 'MissingAuthenticationTokenException' });
    expect(emulator.stdout() + emulator.stderr()).not.toContain('secret');
    emulator.child.kill('SIGINT');
    expect(await emulator.exit).toBe(0);
  });

  it('does not start beyond loopback without access keys', async () => {
    await using folder = await temporaryFolder();
    const emulator = startEmulator({ HOST: '0.0.0.0', DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    expect(await emulator.exit).toBe(1);
    expect(emulator.stderr()).toContain('CONNECT_WIRE_ACCESS_KEY_ID');
  });
});

describe('The gateway with CONNECT_WIRE_PORT', () => {
  it('serves the wire beside GraphQL, from the same engine', async () => {
    await using folder = await temporaryFolder();
    const program = startProgram({
      CONNECT_WIRE_PORT: '0',
      DATABASE_URL: `file:${join(folder.path, 'connect.db')}`,
    });
    const url = await urlOf(program);
    const { awsApi: wireUrl = '' } = await announced(program);
    const { json } = await send(wireUrl, 'PUT', '/contact/task', task);
    const query = `{ connectContact(id: "${json.ContactId}") { name } }`;
    const answer = await send(url, 'POST', '/graphql', JSON.stringify({ query }));
    expect(answer.json).toEqual({ data: { connectContact: { name: 'Call back' } } });
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
  });
});
