import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openEmbeddedConnect } from '../../../src/engine/open.js';
import type { EmbeddedConnect } from '../../../src/engine/engine.js';
import { openTestAws } from '../../support/aws.js';
import { NOW, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { type TestPostgres, testPostgres } from '../../support/postgres.js';
import { temporaryFolder } from '../../support/process.js';
import { field } from '../../support/resources.js';

const { instanceId, instanceArn } = SAMPLE;
const OTHER = '10000000-0000-4000-8000-0000000000aa';

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

function seedOf(name: string, status = 'ACTIVE') {
  const taskTemplates = [{ id: 't', name, status, contactFlowId: 'flow', fields: [{ name: 'Name', type: 'NAME' }] }];
  return { instances: [{ id: OTHER, contactFlows: [{ id: 'flow', name: 'Flow' }], taskTemplates }] };
}

async function nameOf(engine: EmbeddedConnect, snapshotVersion: string): Promise<string> {
  return (await engine.getTaskTemplate({ instanceId: OTHER, taskTemplateId: 't', snapshotVersion })).name;
}

describe.each([
  ['SQLite', async (folder: string) => `file:${join(folder, 'connect.db')}`],
  ['PostgreSQL', () => server.createDatabase()],
] as const)('On %s, a task template', (_name, urlIn) => {
  it('has a version for each change, from 1 on; a seed that changes nothing makes none', async () => {
    await using folder = await temporaryFolder();
    const databaseUrl = await urlIn(folder.path);
    const seedFile = join(folder.path, 'seed.json');
    const seeds = [seedOf('First'), seedOf('First'), seedOf('Second'), seedOf('First'), seedOf('First', 'INACTIVE')];
    for (const seed of seeds) {
      await writeFile(seedFile, JSON.stringify(seed));
      await (await openEmbeddedConnect({ databaseUrl, seedFile })).close();
    }
    const engine = await openEmbeddedConnect({ databaseUrl });
    try {
      expect(await Promise.all(['1', '2', '3', '4'].map((version) => nameOf(engine, version)))).toEqual([
        'First',
        'Second',
        'First',
        'First',
      ]);
      const [present] = await engine.getTaskTemplates({ instanceId: OTHER, taskTemplateIds: ['t'] });
      const about = { instanceId: OTHER, taskTemplateId: 't' };
      expect(await engine.getTaskTemplate({ ...about, snapshotVersion: '4' })).toEqual(present);
      expect(present).toMatchObject({ status: 'INACTIVE' });
      for (const snapshotVersion of ['5', '0', '01', '-1', '1.0', '$LATEST', '9'.repeat(30), '1\0', '']) {
        expect(await refusal(engine.getTaskTemplate({ ...about, snapshotVersion }))).toMatchObject({
          code: 'ResourceNotFoundException',
          member: 'snapshotVersion',
        });
      }
    } finally {
      await engine.close();
    }
  });
});

describe('A version of a task template', () => {
  it('is read through the wire and the SDK as from the engine, by ARNs too', async () => {
    await using aws = await openTestAws();
    const fields = [field('Title', 'NAME', { required: true, defaultValue: 'Call' })];
    const asked = { instanceId, name: 'New', contactFlowId: SAMPLE.contactFlow, fields };
    const { id, arn } = await aws.connect.createTaskTemplate(asked);
    const first = { instanceId, taskTemplateId: id, snapshotVersion: '1' };
    const reported = await aws.connect.getTaskTemplate(first);
    expect(reported).toMatchObject({ ...asked, id, arn, createdAt: new Date(NOW) });
    const { engine } = aws.wire.test;
    expect(await engine.getTaskTemplate(first)).toEqual(reported);
    const byArns = { instanceId: instanceArn, taskTemplateId: arn, snapshotVersion: '1' };
    expect(await engine.getTaskTemplate(byArns)).toEqual(reported);
    for (const connect of [aws.connect, engine]) {
      expect(await refusal(connect.getTaskTemplate({ ...first, snapshotVersion: '2' }))).toMatchObject({
        code: 'ResourceNotFoundException',
        member: 'snapshotVersion',
      });
      expect(await refusal(connect.getTaskTemplate({ ...first, taskTemplateId: UNKNOWN_ID }))).toMatchObject({
        code: 'ResourceNotFoundException',
        member: 'taskTemplateId',
      });
    }
  });
});
