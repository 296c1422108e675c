import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { startTestGateway } from './support/gateway.js';
import { temporaryFolder } from './support/process.js';
import { send } from './support/wire.js';

const README = readFileSync('README.md', 'utf8');
const scripts = Object.keys(
  (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts,
);

/** The bodies that README's calls of curl send to the API, in their order. */
const bodies = [...README.matchAll(/curl [^`]*?\/graphql [^`]*? -d '(\{[\s\S]*?\})'\n/g)].map(
  ([, body]) => body as string,
);

/** README's calls of the emulator's controls, in their order: where to, and what they send. */
const controls = [
  ...README.matchAll(/^curl -s (?:-X POST )?(\$CONTACT|http\S+\/_emulator)(\S*)(?:.* -d '(.*)')?$/gm),
].map(([, root, path, body]) => ({
  path: root === '$CONTACT' ? `/contacts/INSTANCE/CONTACT${path}` : `${path}`,
  body,
}));

describe('README', () => {
  it('shows calls that work, in their order, on a new database', async () => {
    await using gateway = await startTestGateway();
    expect(bodies).toHaveLength(4);
    const answers = [];
    for (const body of [bodies[0], ...bodies]) {
      const response = await gateway.post(body);
      expect(response.status).toBe(200);
      answers.push(await response.json());
    }
    const [first, again, wrong, chain, found] = answers;
    expect(first).toMatchObject({ data: { createTaskContact: { replayed: false, errors: [] } } });
    expect(again).toMatchObject({ data: { createTaskContact: { replayed: true, errors: [] } } });
    expect(wrong).toMatchObject({
      data: {
        createTaskContact: {
          contact: null,
          errors: [{ rule: 'api/attribute-key-alphabet' }, { rule: 'api/expiry-minutes-range' }],
        },
      },
    });
    expect(chain).toMatchObject({ data: { connectContactChain: { linkedTaskCount: 0, remaining: 12 } } });
    expect(found).toMatchObject({
      data: { searchConnectContacts: { totalCount: 2, nodes: [{ name: 'Call Ana back' }, { channel: 'VOICE' }] } },
    });
  });

  it('shows controls that lead a task to its end, and that move the clock', async () => {
    await using gateway = await startTestGateway({ settings: { CONNECT_WIRE_PORT: '0' } });
    const url = gateway.wireUrl ?? '';
    const [, instance = '', flow] = /--instance-id (\S+) \\\n {2}--contact-flow-id (\S+) \\/.exec(README) ?? [];
    const task = JSON.stringify({ InstanceId: instance, ContactFlowId: flow, Name: 'Call Ana back' });
    const contactId = String((await send(url, 'PUT', '/contact/task', task)).json.ContactId);
    const told = [];
    for (const { path, body } of controls) {
      const target = `/_emulator${path}`.replace('INSTANCE', instance).replace('CONTACT', contactId);
      const { status, json } = await send(url, 'POST', target, body);
      told.push([status, json.state ?? json.offsetSeconds]);
    }
    expect(told).toEqual([
      [200, 'QUEUED'],
      [200, 'CONNECTED'],
      [200, 'AFTER_CONTACT_WORK'],
      [200, 'COMPLETED'],
      [200, 3600],
      [200, 0],
    ]);
  });

  it('shows a seed that works', async () => {
    await using folder = await temporaryFolder();
    const seedFile = join(folder.path, 'seed.json');
    const [, seed = ''] = /```json\n(\{\n {2}"\$schema"[\s\S]*?)```/.exec(README) ?? [];
    await writeFile(seedFile, seed);
    const [{ id: instanceId }] = (JSON.parse(seed) as { instances: [{ id: string }] }).instances;
    await using gateway = await startTestGateway({
      settings: { CONNECT_SEED: seedFile, CONNECT_INSTANCE_ID: instanceId },
    });
    const query = '{ connectContacts(ids: ["task-1", "task-2"]) { name state previousContact { id } agent { id } } }';
    expect(await gateway.ask(query)).toEqual({
      data: {
        connectContacts: [
          { name: 'Call back', state: 'INITIATED', previousContact: { id: 'call-1' }, agent: null },
          { name: 'Refund an order', state: 'CONNECTED', previousContact: null, agent: { id: 'ana' } },
        ],
      },
    });
  });

  it('names commands that there are', () => {
    const named = [...README.matchAll(/npm run ([a-z:-]+)/g)].map(([, name]) => name as string);
    expect(named.length).toBeGreaterThan(3);
    expect(scripts).toEqual(expect.arrayContaining(named));
  });

  it('links to files that there are', () => {
    for (const [, file] of README.matchAll(/\]\(([^)#:]+)\)/g)) {
      expect(() => readFileSync(file as string)).not.toThrow();
    }
  });
});
