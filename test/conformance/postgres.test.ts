import { afterAll, beforeAll } from '@jest/globals';
import { type TestPostgres, testPostgres } from '../support/postgres.js';
import { describeConformance } from './describe-conformance.js';
import { describeProcesses } from './describe-processes.js';
import { postgresLeg } from './legs.js';

let server: TestPostgres;

beforeAll(async () => {
  server = await testPostgres();
});

afterAll(() => server.stop());

describeConformance(
  'Two embedded engines on one PostgreSQL database',
  postgresLeg(() => server),
);

describeProcesses(() => server);
