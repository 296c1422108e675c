import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder of the test run, which all of its processes know by TEST_RUN_FOLDER. */
export default async function setUp() {
  const folder = await mkdtemp(join(tmpdir(), 'connect-tests-'));
  // PostgreSQL runs in it as another user where root runs the tests.
  await chmod(folder, 0o755);
  process.env.TEST_RUN_FOLDER = folder;
}
