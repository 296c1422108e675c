import { rm } from 'node:fs/promises';
import { stopSharedPostgres } from '../support/postgres-server.ts';

/** Stops what the processes of the test run shared, and removes its folder. */
export default async function tearDown() {
  const folder = process.env.TEST_RUN_FOLDER;
  await stopSharedPostgres(folder);
  await rm(folder, { recursive: true, force: true });
}
