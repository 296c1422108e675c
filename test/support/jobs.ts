import { createClient } from 'graphql-sse';
import { SAMPLE } from './engine.js';
import type { TestGateway } from './gateway.js';

/** The members of a job that tests look at. */
export interface SeenJob {
  readonly id: string;
  readonly state: string;
  readonly pauseReason: string | null;
  readonly total: number;
  readonly waiting: number;
  readonly created: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly endedAt: string | null;
}

/** The selection of {@link SeenJob}. */
export const JOB = 'id state pauseReason total waiting created failed cancelled endedAt';

const ERRORS = 'errors { __typename code message path ... on ConnectInvalidInputError { rule } }';

/** An error of a payload. */
export interface SeenError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[] | null;
  readonly rule?: string;
}

/** A payload with a job. */
export interface JobPayload {
  readonly job: SeenJob | null;
  readonly replayed?: boolean | null;
  readonly errors: readonly SeenError[];
}

/** Makes items of a job. */
export const items = (count: number, from = 0, task: object = {}) =>
  Array.from({ length: count }, (_, index) => ({
    key: `order-${from + index}`,
    task: { name: `Task ${from + index}`, flow: { contactFlowId: SAMPLE.contactFlow }, ...task },
  }));

/** Asks as one caller. */
export type Ask = TestGateway['ask'];

async function payload(ask: Ask, field: string, type: string, input: object, more = ''): Promise<JobPayload> {
  const { data, errors } = await ask(
    `mutation ($input: ${type}!) { ${field}(input: $input) { job { ${JOB} } ${more} ${ERRORS} } }`,
    { input },
  );
  if (!data) throw new Error(JSON.stringify(errors));
  return data[field] as JobPayload;
}

/** Starts a job. */
export const start = (ask: Ask, input: object) =>
  payload(ask, 'createTaskContacts', 'CreateTaskContactsInput', input, 'replayed');

/** Adds items to a job. */
export const add = (ask: Ask, jobId: string, more: readonly object[]) =>
  payload(ask, 'addTaskContactsToJob', 'AddTaskContactsToJobInput', { jobId, items: more });

/** Applies an action to a job. */
export const control = (ask: Ask, jobId: string, action: string) =>
  payload(ask, 'controlConnectTaskJob', 'ControlConnectTaskJobInput', { jobId, action });

/** Reads a job. */
export async function read(ask: Ask, id: string): Promise<SeenJob | null> {
  const { data } = await ask(`query ($id: ID!) { connectTaskJob(id: $id) { ${JOB} } }`, { id });
  return (data as { connectTaskJob: SeenJob | null }).connectTaskJob;
}

/** Follows a job until it is as expected. */
export async function until(url: string, id: string, isReached: (job: SeenJob) => boolean): Promise<SeenJob> {
  for await (const job of follow(url, id)) if (isReached(job)) return job;
  throw new Error(`Job ${id} ended otherwise than expected`);
}

/** Follows a job to its end by graphql-sse's own client. */
export async function* follow(url: string, id: string): AsyncGenerator<SeenJob> {
  const client = createClient({ url: `${url}/graphql`, retryAttempts: 0 });
  const query = `subscription ($id: ID!) { connectTaskJobChanged(id: $id) { ${JOB} } }`;
  try {
    for await (const { data } of client.iterate<{ connectTaskJobChanged: SeenJob }>({ query, variables: { id } })) {
      if (data) yield data.connectTaskJobChanged;
    }
  } finally {
    client.dispose();
  }
}

/** Whether a job has ended. */
export const hasEnded = ({ endedAt }: SeenJob) => endedAt !== null;
