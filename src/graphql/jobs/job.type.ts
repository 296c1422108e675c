import { Args, Ctx, Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import type { ItemState, Job, JobItem, JobState, PauseReason } from '../../jobs/job.js';
import { connectionOf } from '../connection/connection-of.js';
import { LIST_SIZE } from '../connection/connection.args.js';
import { MAX_FIRST, readConnection } from '../connection/read-connection.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { ConnectError } from '../errors/error.types.js';
import { DateTime } from '../values/date-time.js';
import { itemErrorFrom } from './item-errors.js';
import { ConnectTaskJobItemState, ConnectTaskJobPauseReason, ConnectTaskJobState } from './jobs.enums.js';
import { TaskJobItemsArgs } from './jobs.inputs.js';

/** An item of a job. */
@ObjectType({ description: 'A task of a job, and what became of it.' })
export class ConnectTaskJobItem {
  readonly #context: GatewayContext;
  readonly #instanceId: string;
  readonly #item: JobItem;

  constructor(context: GatewayContext, instanceId: string, item: JobItem) {
    this.#context = context;
    this.#instanceId = instanceId;
    this.#item = item;
  }

  @Field(() => String, { description: "The caller's own key of the item." })
  get key(): string {
    return this.#item.key;
  }

  @Field(() => ConnectTaskJobItemState, { description: 'The state.' })
  get state(): ItemState {
    return this.#item.state;
  }

  @Field(() => ConnectContact, { nullable: true, description: 'The created task. Null in other states than CREATED.' })
  contact(): ConnectContact | null {
    const { contactId } = this.#item;
    return contactId === undefined ? null : new ConnectContact(this.#context, this.#instanceId, contactId);
  }

  @Field(() => [ConnectError], {
    description: 'Why it failed, with paths into the item: ["task", "name"]. Empty in other states than FAILED.',
  })
  errors(): readonly ConnectError[] {
    return this.#item.errors.map(itemErrorFrom);
  }

  @Field(() => Int, { description: 'How often its creation was tried.' })
  get attempts(): number {
    return this.#item.attempts;
  }
}

/** A page of the items of a job. */
@ObjectType({ description: 'A page of the items of a job, in the order of their creation.' })
export class ConnectTaskJobItemConnection extends connectionOf(ConnectTaskJobItem, { one: 'item', many: 'items' }) {}

/** A job. */
@ObjectType({ description: 'Many creations of tasks as one durable piece of work.' })
@Directive('@key(fields: "id")')
export class ConnectTaskJob {
  @Field(() => ID, { description: 'The id of the job. Ids sort by time.' })
  readonly id: string;

  readonly #context: GatewayContext;
  readonly #job: Job;

  constructor(context: GatewayContext, job: Job) {
    this.id = job.id;
    this.#context = context;
    this.#job = job;
  }

  @Field(() => ID, { description: 'The instance in which the tasks are created.' })
  get instanceId(): string {
    return this.#job.instanceId;
  }

  @Field(() => String, { nullable: true, description: 'The name, as the caller stated it.' })
  get name(): string | null {
    return this.#job.name ?? null;
  }

  @Field(() => ConnectTaskJobState, { description: 'The state.' })
  get state(): JobState {
    return this.#job.state;
  }

  @Field(() => ConnectTaskJobPauseReason, { nullable: true, description: 'Why it is paused. Null in other states.' })
  get pauseReason(): PauseReason | null {
    return this.#job.pauseReason ?? null;
  }

  @Field(() => DateTime, { description: 'When it was started.' })
  get createdAt(): Date {
    return new Date(this.#job.createdAt);
  }

  @Field(() => DateTime, { nullable: true, description: 'When its last item was settled. Null while items wait.' })
  get endedAt(): Date | null {
    return dateOf(this.#job.endedAt);
  }

  @Field(() => Int, { description: 'Number of items.' })
  get total(): number {
    return this.#job.total;
  }

  @Field(() => Int, { description: 'Number of items in state WAITING.' })
  get waiting(): number {
    return this.#job.waiting;
  }

  @Field(() => Int, { description: 'Number of items in state CREATED.' })
  get created(): number {
    return this.#job.created;
  }

  @Field(() => Int, { description: 'Number of items in state FAILED.' })
  get failed(): number {
    return this.#job.failed;
  }

  @Field(() => Int, { description: 'Number of items in state CANCELLED.' })
  get cancelled(): number {
    return this.#job.cancelled;
  }

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When it will end by the rate that it has now. Null until the rate is known, and unless it is RUNNING.',
  })
  get estimatedEndAt(): Date | null {
    const { state, waiting, perSecond } = this.#job;
    if (state !== 'RUNNING' || !perSecond) return null;
    return new Date(Date.now() + Math.ceil((waiting / perSecond) * 1000));
  }

  @Field(() => ConnectTaskJobItemConnection, { description: 'Its items, in the order of their creation.' })
  @Directive(LIST_SIZE)
  items(
    @Args(() => TaskJobItemsArgs) args: TaskJobItemsArgs,
    @Ctx() _context: GatewayContext,
  ): Promise<ConnectTaskJobItemConnection> {
    const { id: jobId, instanceId } = this.#job;
    const state = args.state ?? undefined;
    return readConnection(
      ['job items', jobId, state ?? null],
      args,
      MAX_FIRST,
      async ({ maxResults = MAX_FIRST, nextToken }) => {
        const store = await this.#context.jobs.store();
        const after = placeOf(nextToken);
        const found = await store.items({ jobId, state, after, limit: maxResults + 1 });
        return pageOf(found, maxResults, ({ seq }) => String(seq));
      },
      (item) => new ConnectTaskJobItem(this.#context, instanceId, item),
    );
  }
}

/** A page of jobs. */
@ObjectType({ description: 'A page of jobs, the newest first.' })
export class ConnectTaskJobConnection extends connectionOf(ConnectTaskJob, { one: 'job', many: 'jobs' }) {}

/** Returns a page of rows of which one more than wanted was read. */
export function pageOf<Row>(found: readonly Row[], wanted: number, tokenOf: (row: Row) => string) {
  const items = found.slice(0, wanted);
  const last = items.at(-1);
  return { items, ...(found.length > wanted && last !== undefined && { nextToken: tokenOf(last) }) };
}

function placeOf(token: string | undefined): number {
  const place = Number(token ?? -1);
  return Number.isSafeInteger(place) ? place : -1;
}

function dateOf(instant: number | undefined): Date | null {
  return instant === undefined ? null : new Date(instant);
}
