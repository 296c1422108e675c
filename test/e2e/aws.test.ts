import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../support/engine.js';
import { announced, endpointOf, startEmulator, startProgram, temporaryFolder, urlOf } from '../support/process.js';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any', AWS_EC2_METADATA_DISABLED: 'true' };

/** Prints each module of the SDK that a process loads. */
const REPORT_MODULES = `--import=data:text/javascript,${encodeURIComponent(`
  import { registerHooks } from 'node:module';
  registerHooks({ load(url, context, next) {
    if (/client-connect|connect\\/aws\\//.test(url)) console.error('LOADED ' + url);
    return next(url, context);
  } });
`)}`;

async function ask<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const CREATE = `mutation ($input: CreateTaskContactInput!) {
  createTaskContact(input: $input) {
    contact { id name state arn attributes { key value } } replayed errors { code message path }
  }
}`;

describe('The gateway before a real instance', () => {
  it('creates, reads, steers and follows tasks through the SDK, at the address that the SDK is set to', async () => {
    await using folder = await temporaryFolder();
    const emulator = startEmulator({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    const endpoint = await endpointOf(emulator);
    const gateway = startProgram(
      {
        ...CREDENTIALS,
        CONNECT_ADAPTER: 'aws',
        CONNECT_INSTANCE_ID: SAMPLE.instanceId,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL_CONNECT: endpoint,
      },
      REPORT_MODULES,
    );
    const url = await urlOf(gateway);
    expect((await announced(gateway)).adapter).toContain('aws: a real instance');
    const flow = { contactFlowId: SAMPLE.contactFlow };
    const attributes = [{ key: 'plan', value: 'gold' }];
    type Created = { createTaskContact: { contact: { id: string } } };
    const first = await ask<Created>(url, CREATE, { input: { name: 'First', flow, attributes } });
    expect(first).toEqual({
      createTaskContact: {
        contact: {
          id: expect.any(String),
          name: 'First',
          state: 'INITIATED',
          arn: expect.stringContaining(SAMPLE.instanceArn),
          attributes,
        },
        replayed: null,
        errors: [],
      },
    });
    const { id } = first.createTaskContact.contact;
    const wrong = { name: 'Second', flow: { contactFlowId: SAMPLE.instanceId }, link: { previousContactId: id } };
    expect(await ask(url, CREATE, { input: wrong })).toMatchObject({
      createTaskContact: {
        contact: null,
        errors: [{ code: 'NOT_FOUND', path: ['input', 'flow', 'contactFlowId'] }],
      },
    });
    gateway.child.kill('SIGTERM');
    emulator.child.kill('SIGTERM');
    expect(await gateway.exit).toBe(0);
    expect(gateway.stderr()).toContain('LOADED');
  });

  it('says what is missing before it starts', async () => {
    const aws = { ...CREDENTIALS, CONNECT_ADAPTER: 'aws', HOME: '/nonexistent' };
    const without = startProgram(aws);
    expect(await without.exit).toBe(1);
    expect(without.stderr()).toContain('CONNECT_INSTANCE_ID');
    const regionless = startProgram({ ...aws, CONNECT_INSTANCE_ID: SAMPLE.instanceId });
    expect(await regionless.exit).toBe(1);
    expect(regionless.stderr()).toContain('AWS_REGION');
  });

  it('is the only one that loads the SDK', async () => {
    await using folder = await temporaryFolder();
    const program = startProgram({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` }, REPORT_MODULES);
    const url = await urlOf(program);
    await ask(url, CREATE, { input: { name: 'First', flow: { contactFlowId: SAMPLE.contactFlow } } });
    program.child.kill('SIGTERM');
    expect(await program.exit).toBe(0);
    expect(program.stderr()).not.toContain('LOADED');
  });
});
