import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from '@jest/globals';
import { rulesFor } from '../conformance/describe-conformance.js';
import { SAMPLE_FIXTURES, settingOf } from '../conformance/fixtures.js';
import { realLeg } from '../conformance/real-leg.js';
import { endpointOf, startEmulator, temporaryFolder } from '../support/process.js';

/** Runs a part of the tests in a process of its own, with settings in place of the shell's. */
function runTests(settings: Readonly<Record<string, string>>, ...given: string[]) {
  const jest = ['node_modules/jest/bin/jest.js', ...given, '--selectProjects', 'server'];
  return new Promise<{ code: number; text: string }>((resolve) => {
    execFile(process.execPath, jest, { env: { PATH: process.env.PATH, ...settings } }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
    });
  });
}

/** A setting for each fixture of the sample instance. */
const SETTINGS = Object.fromEntries(Object.entries(SAMPLE_FIXTURES).map(([name, id]) => [settingOf(name), id]));

describe('The conformance suite before an instance that the environment names', () => {
  it('holds it to each rule that it has all for, and leaves no contact active', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'connect.db');
    const emulator = startEmulator({ DATABASE_URL: `file:${file}` });
    const endpoint = await endpointOf(emulator);
    const { code, text } = await runTests(
      {
        ...SETTINGS,
        AWS_ENDPOINT_URL_CONNECT: endpoint,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'any',
        AWS_SECRET_ACCESS_KEY: 'any',
      },
      'test/conformance/real-instance',
      '--testNamePattern=^A real instance',
    );
    emulator.child.kill('SIGTERM');
    expect(await emulator.exit).toBe(0);
    const rules = rulesFor(realLeg(SAMPLE_FIXTURES));
    expect(text).toContain(`real instance: ${rules.length} rules hold`);
    expect(text).not.toContain('done otherwise here');
    expect(code).toBe(0);
    using database = new DatabaseSync(file, { readOnly: true });
    const tasks = database.prepare(
      `select count(*) as made, count(endedAt) as ended from contact where channel = 'TASK'`,
    );
    const { made, ended } = tasks.get() as { made: number; ended: number };
    expect(made).toBeGreaterThan(rules.length);
    expect(ended).toBe(made);
  }, 120_000);

  it('says that it did not run where none is named, after the legs that did', async () => {
    const { code, text } = await runTests({}, 'test/conformance/sqlite', '--testNamePattern=creation/');
    expect(code).toBe(0);
    expect(text).toMatch(/The embedded engine on SQLite: \d+ rules hold/);
    expect(text).toContain('real instance: not run, set CONNECT_CONFORMANCE_INSTANCE_ID');
    expect(text).not.toContain('A real instance');
  });
});
