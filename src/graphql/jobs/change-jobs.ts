import { isConnectFault } from '../../connect/errors.js';
import type { Violation } from '../../connect/violation.js';
import type { Job, NewJob } from '../../jobs/job.js';
import type { AddedItems, CreatedJob } from '../../jobs/job-store.js';
import { violationOf } from '../../validation/rule.js';
import { jobEndsLater, jobKeySameTask, jobSize } from '../../validation/rules/jobs.js';
import { excerpt } from '../../validation/text.js';
import type { GatewayContext } from '../context.js';
import {
  ConnectConflictError,
  type ConnectError,
  ConnectIllegalStateError,
  ConnectNotFoundError,
} from '../errors/error.types.js';
import { toInvalidInputErrors, toPayloadErrors } from '../errors/to-payload-errors.js';
import { servedInstance } from '../instances.js';
import { refusedByResources, toItems, violationsOf } from './check-items.js';
import type { AddTaskContactsToJobInput, ControlConnectTaskJobInput, CreateTaskContactsInput } from './jobs.inputs.js';
import { jobStore, seenJob } from './own-jobs.js';

/** The result of a change of a job: the job, or all errors. */
export type ChangedJob =
  | { readonly job: Job; readonly isReplayed: boolean; readonly errors: readonly [] }
  | { readonly job: undefined; readonly errors: readonly ConnectError[] };

/** Validates and stores a job. A repeat is recognized before anything that depends on the time or on resources. */
export async function startJob(context: GatewayContext, input: CreateTaskContactsInput): Promise<ChangedJob> {
  const violations = violationsOf(context, input);
  const [ofShape, ofTime] = [violations.filter((one) => !isOfTime(one)), violations.filter(isOfTime)];
  if (ofShape.length > 0) return refusal(context, toInvalidInputErrors(violations));
  return withPayloadErrors(context, async () => {
    const job = toJob(context, input);
    const items = toItems(input.items);
    const store = await jobStore(context);
    const earlier = await store.findByToken(job, items);
    if (earlier !== undefined) return created(context, earlier);
    const late =
      input.notAfter && input.notAfter.getTime() <= Date.now()
        ? [violationOf(jobEndsLater, ['input', 'notAfter'], input.notAfter.toISOString())]
        : [];
    const errors = [
      ...toInvalidInputErrors([...late, ...ofTime]),
      ...(await refusedByResources(context, job.instanceId, items)),
    ];
    return errors.length > 0 ? refusal(context, errors) : created(context, await store.create(job, items));
  });
}

/** Validates further items, and stores them with their job. */
export async function addToJob(context: GatewayContext, input: AddTaskContactsToJobInput): Promise<ChangedJob> {
  const violations = violationsOf(context, input);
  if (violations.length > 0) return refusal(context, toInvalidInputErrors(violations));
  return withPayloadErrors(context, async () => {
    const job = await seenJob(context, input.jobId);
    if (job === undefined) return refusal(context, [unknownJob(input.jobId)]);
    const items = toItems(input.items);
    const errors = await refusedByResources(context, job.instanceId, items);
    if (errors.length > 0) return refusal(context, errors);
    const added = await (await jobStore(context)).add(job.id, items);
    if (added === undefined) return refusal(context, [unknownJob(input.jobId)]);
    if (typeof added === 'object' && 'job' in added) return changed(context, added.job);
    return refusal(context, errorsOfAdding(added, input));
  });
}

/** Applies an action to a job. */
export async function controlJob(
  context: GatewayContext,
  { jobId, action }: ControlConnectTaskJobInput,
): Promise<ChangedJob> {
  const job = await seenJob(context, jobId);
  const controlled = job && (await (await jobStore(context)).control(job.id, action));
  if (controlled === undefined) return refusal(context, [unknownJob(jobId)]);
  if (controlled.isAllowed) return changed(context, controlled.job);
  const message = `A job that is ${controlled.job.state} does not allow ${action}.`;
  return refusal(context, [illegalState(message, ['input', 'action'])]);
}

/** A scheduled time alone depends on the time at which a request comes. */
function isOfTime({ path }: Violation): boolean {
  return path.at(-1) === 'scheduledTime';
}

function toJob(context: GatewayContext, input: CreateTaskContactsInput): NewJob {
  const { identity, call } = context;
  return {
    instanceId: servedInstance(context, input.instanceId),
    owner: identity?.key ?? '',
    caller: {
      caller: call.caller?.key ?? '',
      ...(identity && { subject: identity.subject, clientId: identity.clientId }),
    },
    name: input.name ?? undefined,
    onError: input.onError ?? 'CONTINUE',
    notAfter: input.notAfter?.getTime(),
    clientToken: input.clientToken || undefined,
  };
}

async function created(context: GatewayContext, outcome: CreatedJob): Promise<ChangedJob> {
  if (outcome !== 'CONFLICT') return changed(context, outcome.job, outcome.isReplayed);
  const message =
    'This client token was used before with another job. Use a new token for a new job, or repeat the first request unchanged.';
  const path = ['input', 'clientToken'];
  return refusal(context, [new ConnectConflictError({ code: 'IDEMPOTENCY_CONFLICT', message, path })]);
}

async function changed({ jobs }: GatewayContext, job: Job, isReplayed = false): Promise<ChangedJob> {
  await jobs.changed();
  return { job, isReplayed, errors: [] };
}

function errorsOfAdding(added: Exclude<AddedItems, { readonly job: Job }>, input: AddTaskContactsToJobInput) {
  if (added === 'CANCELLED') {
    return [illegalState('A job that is CANCELLED takes no items. Start another job.', ['input', 'jobId'])];
  }
  if ('tooMany' in added) {
    const actual = `${added.tooMany} and ${input.items.length} more`;
    return toInvalidInputErrors([violationOf(jobSize, ['input', 'items'], actual)]);
  }
  return toInvalidInputErrors(
    input.items.flatMap(({ key }, index) =>
      added.otherTasks.has(key)
        ? [violationOf(jobKeySameTask, ['input', 'items', index, 'key'], `${excerpt(key)} with another task`)]
        : [],
    ),
  );
}

function unknownJob(id: string): ConnectError {
  const message = 'Job not found. Check jobId: it must be the id of a job that you may see.';
  const path = ['input', 'jobId'];
  return new ConnectNotFoundError({ code: 'NOT_FOUND', message, path, resource: null, id: id.slice(0, 500) });
}

function illegalState(message: string, path: readonly string[]): ConnectError {
  return new ConnectIllegalStateError({ code: 'ILLEGAL_STATE', message, path, state: null, allowedActions: null });
}

function refusal({ refused }: GatewayContext, errors: readonly ConnectError[]): ChangedJob {
  refused?.(errors.map(({ code }) => code));
  return { job: undefined, errors };
}

/** Returns the errors of a caller, and throws others. */
async function withPayloadErrors(context: GatewayContext, work: () => Promise<ChangedJob>): Promise<ChangedJob> {
  try {
    return await work();
  } catch (error) {
    const errors = isConnectFault(error) ? toPayloadErrors(error, (path) => ['input', ...path]) : undefined;
    if (errors === undefined) throw error;
    return refusal(context, errors);
  }
}
