import { GraphQLError } from 'graphql';
import type { Job } from '../../jobs/job.js';
import { NoJobsError } from '../../jobs/jobs.js';
import type { JobStore } from '../../jobs/job-store.js';
import type { GatewayContext } from '../context.js';
import type { ResponseErrorCode } from '../errors/response-codes.js';
import { ConnectTaskJob } from './job.type.js';

/** Returns the owner whose jobs a caller may see; undefined if it may see all. */
export function ownerSeen({ identity }: GatewayContext): string | undefined {
  return identity === undefined || identity.scopes.has('jobs:admin') ? undefined : identity.key;
}

/** Whether a caller may see a job: its own ones, or all with jobs:admin; only of instances that it may use. */
export function isSeen(context: GatewayContext, { owner, instanceId }: Job): boolean {
  const seen = ownerSeen(context);
  return (seen === undefined || seen === owner) && context.instances.resolve(instanceId) !== undefined;
}

/**
 * Returns the store of the jobs.
 *
 * @throws GraphQLError CONNECT_UNAVAILABLE if there is no database for jobs
 */
export async function jobStore({ jobs }: GatewayContext): Promise<JobStore> {
  try {
    return await jobs.store();
  } catch (error) {
    if (!(error instanceof NoJobsError)) throw error;
    throw new GraphQLError(error.message, { extensions: { code: 'CONNECT_UNAVAILABLE' satisfies ResponseErrorCode } });
  }
}

/** Resolves a reference of another subgraph. Null for a job that the caller may not read. */
export async function referredJob(context: GatewayContext, id: string): Promise<ConnectTaskJob | null> {
  const { identity } = context;
  const mayRead = identity === undefined || identity.scopes.has('jobs:read') || identity.scopes.has('jobs:admin');
  const job = mayRead ? await seenJob(context, id) : undefined;
  return job ? new ConnectTaskJob(context, job) : null;
}

/** Returns a job that a caller may see; undefined for any other. */
export async function seenJob(context: GatewayContext, id: string): Promise<Job | undefined> {
  const job = await (await jobStore(context)).find(id);
  return job && isSeen(context, job) ? job : undefined;
}
