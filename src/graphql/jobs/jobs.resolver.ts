import { Arg, Args, Ctx, Directive, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { GraphQLError } from 'graphql';
import type { Job } from '../../jobs/job.js';
import { ConnectionArgs, LIST_SIZE } from '../connection/connection.args.js';
import { MAX_FIRST, readConnection } from '../connection/read-connection.js';
import type { GatewayContext } from '../context.js';
import type { ResponseErrorCode } from '../errors/response-codes.js';
import { servedInstance } from '../instances.js';
import { Calls, type MutationCalls } from '../loading/reads.js';
import { addToJob, type ChangedJob, controlJob, startJob } from './change-jobs.js';
import {
  AddTaskContactsToJobPayload,
  ControlConnectTaskJobPayload,
  CreateTaskContactsPayload,
} from './job.payloads.js';
import { ConnectTaskJob, ConnectTaskJobConnection, pageOf } from './job.type.js';
import {
  AddTaskContactsToJobInput,
  ControlConnectTaskJobInput,
  CreateTaskContactsInput,
  type CreateTaskContactsItemInput,
  TaskJobArgs,
} from './jobs.inputs.js';
import { jobStore, ownerSeen, seenJob } from './own-jobs.js';

/** Calls by a request with items: one for each flow, quick connect and template that they name. */
function lookUps({ input }: Readonly<Record<string, unknown>>): MutationCalls {
  const { items } = input as { readonly items: readonly CreateTaskContactsItemInput[] };
  const named = items.map(({ task: { flow } }) => flow.contactFlowId ?? flow.quickConnectId ?? flow.taskTemplateId);
  return { calls: new Set(named).size };
}

/** Resolves jobs. */
@Resolver()
export class JobsResolver {
  @Mutation(() => CreateTaskContactsPayload, {
    description:
      'Starts a job that creates all of its tasks, in order and within the rate of Amazon Connect. All items are validated first: with one violation nothing is stored.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(lookUps)
  async createTaskContacts(
    @Arg('input', () => CreateTaskContactsInput, { description: 'The job to start.' }) input: CreateTaskContactsInput,
    @Ctx() context: GatewayContext,
  ): Promise<CreateTaskContactsPayload> {
    const changed = await startJob(context, input);
    return { ...payloadOf(context, changed), replayed: changed.job === undefined ? null : changed.isReplayed };
  }

  @Mutation(() => AddTaskContactsToJobPayload, {
    description:
      'Adds tasks to a job. A job that is COMPLETED runs again. Items that it has already are left as they are.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(lookUps)
  async addTaskContactsToJob(
    @Arg('input', () => AddTaskContactsToJobInput, { description: 'The job and its further items.' })
    input: AddTaskContactsToJobInput,
    @Ctx() context: GatewayContext,
  ): Promise<AddTaskContactsToJobPayload> {
    return payloadOf(context, await addToJob(context, input));
  }

  @Mutation(() => ControlConnectTaskJobPayload, { description: 'Pauses, resumes, cancels or retries a job.' })
  @Directive('@cost(weight: 10)')
  @Calls({ calls: 0 })
  async controlConnectTaskJob(
    @Arg('input', () => ControlConnectTaskJobInput, { description: 'The job and the action.' })
    input: ControlConnectTaskJobInput,
    @Ctx() context: GatewayContext,
  ): Promise<ControlConnectTaskJobPayload> {
    return payloadOf(context, await controlJob(context, input));
  }

  @Query(() => ConnectTaskJob, {
    nullable: true,
    description:
      "A job by its id. Null if it does not exist, or is another caller's and the scope jobs:admin is missing.",
  })
  async connectTaskJob(
    @Args(() => TaskJobArgs) { id }: TaskJobArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectTaskJob | null> {
    const job = await seenJob(context, id);
    return job ? new ConnectTaskJob(context, job) : null;
  }

  @Query(() => ConnectTaskJobConnection, {
    description: "The caller's jobs of an instance, the newest first; with the scope jobs:admin those of all callers.",
  })
  @Directive(LIST_SIZE)
  async connectTaskJobs(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() context: GatewayContext,
  ): Promise<ConnectTaskJobConnection> {
    const instanceId = servedInstance(context, args.instanceId);
    const store = await jobStore(context);
    return readConnection(
      ['jobs', instanceId],
      args,
      MAX_FIRST,
      async ({ maxResults = MAX_FIRST, nextToken: before }) => {
        const owner = ownerSeen(context);
        const found = await store.list({ instanceId, owner, before, limit: maxResults + 1 });
        return pageOf(found, maxResults, ({ id }) => id);
      },
      (job) => new ConnectTaskJob(context, job),
    );
  }

  @Subscription(() => ConnectTaskJob, {
    description: 'A job at once, then at each change of its counts, at most twice a second. Ends with the job.',
    subscribe: ({ args, context }) => follow(context as GatewayContext, args as TaskJobArgs) as never,
  })
  connectTaskJobChanged(
    @Root() job: Job,
    @Args(() => TaskJobArgs) _args: TaskJobArgs,
    @Ctx() context: GatewayContext,
  ): ConnectTaskJob {
    return new ConnectTaskJob(context, job);
  }
}

/** Follows a job. @throws GraphQLError NOT_FOUND before anything is followed */
async function follow(context: GatewayContext, { id }: TaskJobArgs): Promise<AsyncIterable<Job>> {
  const job = await seenJob(context, id);
  if (job === undefined) {
    throw new GraphQLError('Job not found. Check id: it must be the id of a job that you may see.', {
      extensions: { code: 'NOT_FOUND' satisfies ResponseErrorCode },
    });
  }
  return context.jobs.follow(job.id, context.call.signal ?? new AbortController().signal);
}

function payloadOf(context: GatewayContext, { job, errors }: ChangedJob) {
  return { job: job ? new ConnectTaskJob(context, job) : null, errors };
}
