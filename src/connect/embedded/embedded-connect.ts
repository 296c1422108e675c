import type { Answers, CallOptions, Connect } from '../connect.js';
import type { Attribute, Contact, ContactChain } from '../contact.js';
import {
  CancelledError,
  InternalServiceError,
  InvalidParameterError,
  InvalidRequestError,
  isConnectFault,
  UnavailableError,
} from '../errors.js';
import type {
  ContactRequest,
  PauseContactRequest,
  TagContactRequest,
  TransferContactRequest,
  TransferContactResult,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
  UpdateContactScheduleRequest,
} from '../lifecycle.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../start-task-contact.js';
import type { Violation } from '../violation.js';
import { bareId, isArn, judgeArn } from './arn.js';
import { contactIds } from './contact-ids.js';
import { readAttributes } from './decide/attributes.js';
import { type Control, type ControlRequest, type ControlResult, controlContact } from './decide/control-contact.js';
import type { Operation } from './decide/operation.js';
import { pauseContact, resumeContact } from './decide/pause-contact.js';
import { startTaskContact } from './decide/start-task-contact.js';
import type { Quotas } from './decide/state.js';
import { stopContact } from './decide/stop-contact.js';
import { tagContact, untagContact } from './decide/tag-contact.js';
import { transferContact } from './decide/transfer-contact.js';
import { updateContact } from './decide/update-contact.js';
import { updateContactAttributes } from './decide/update-contact-attributes.js';
import { updateContactSchedule } from './decide/update-contact-schedule.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';
import { type Command, commandOf, runBatch } from './run-batch.js';
import type { Store } from './store/store.js';
import { toContact } from './to-contact.js';

/** What an {@link EmbeddedConnect} is made of. */
export interface EmbeddedConnectOptions {
  readonly store: Store;
  readonly quotas: Quotas;
  readonly groupCommit?: Omit<GroupCommitOptions<never>, 'sizeOf'>;
}

/**
 * Amazon Connect's task contacts as an engine of its own: the API's semantics over a durable store. Creations are judged,
 * then decided in batches that share one commit; reads see what is committed.
 */
export class EmbeddedConnect implements Connect {
  readonly #store: Store;
  readonly #commands: GroupCommit<Command, unknown>;
  /** Reads that are under way. */
  readonly #reads = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(options: EmbeddedConnectOptions) {
    const { store, quotas } = options;
    const parts = { store, quotas, newId: contactIds() };
    this.#store = store;
    this.#commands = new GroupCommit((batch) => runBatch(parts, batch), {
      ...options.groupCommit,
      sizeOf: ({ size }) => size,
    });
  }

  startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult> {
    return this.#run(startTaskContact, request, options);
  }

  updateContactAttributes(request: UpdateContactAttributesRequest, options?: CallOptions): Promise<void> {
    return this.#run(updateContactAttributes, request, options);
  }

  updateContact(request: UpdateContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(updateContact, request, options);
  }

  updateContactSchedule(request: UpdateContactScheduleRequest, options?: CallOptions): Promise<void> {
    return this.#run(updateContactSchedule, request, options);
  }

  stopContact(request: ContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(stopContact, request, options);
  }

  transferContact(request: TransferContactRequest, options?: CallOptions): Promise<TransferContactResult> {
    return this.#run(transferContact, request, options);
  }

  pauseContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(pauseContact, request, options);
  }

  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(resumeContact, request, options);
  }

  tagContact(request: TagContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(tagContact, request, options);
  }

  untagContact(request: UntagContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(untagContact, request, options);
  }

  /**
   * Does what a flow or an agent would do with a task: no operation of the API, and so none of the port.
   *
   * @throws ConnectFault
   */
  async control(control: Control, request: ControlRequest, options?: CallOptions): Promise<ControlResult> {
    const [instanceId, contactId] = [bareId(request.instanceId), bareId(request.contactId)];
    const defaults = await this.#read(options, () => this.#store.takersOf(instanceId, contactId));
    return this.#run(controlContact(control), { ...request, defaults }, options);
  }

  describeContacts(
    instanceId: string,
    contactIds: readonly string[],
    options?: CallOptions,
  ): Promise<Answers<Contact>> {
    return this.#readContacts(instanceId, contactIds, options, async (instance, ids) => {
      const rows = await this.#store.contacts(instance, ids);
      return new Map(rows.map((row) => [row.id, toContact(row)]));
    });
  }

  listChains(instanceId: string, contactIds: readonly string[], options?: CallOptions): Promise<Answers<ContactChain>> {
    return this.#readContacts(instanceId, contactIds, options, async (instance, ids) => {
      const rows = await this.#store.chainMembers(instance, ids);
      const chains = new Map<string, ContactChain>();
      for (const [id, ofChain] of Map.groupBy(rows, (row) => row.chainId)) {
        const chain = { instanceId: instance, id, members: ofChain.map(toContact) };
        for (const member of ofChain) chains.set(member.id, chain);
      }
      return chains;
    });
  }

  getAttributes(
    instanceId: string,
    contactIds: readonly string[],
    options?: CallOptions,
  ): Promise<Answers<readonly Attribute[]>> {
    return this.#readContacts(instanceId, contactIds, options, async (instance, ids) => {
      const rows = await this.#store.attributes(instance, ids);
      return new Map(rows.map((row) => [row.contactId, readAttributes(row.attributes)]));
    });
  }

  /** Whether there is an instance of that id. */
  hasInstance(instanceId: string): Promise<boolean> {
    return this.#read(undefined, async () => (await this.#store.instanceArn(bareId(instanceId))) !== undefined);
  }

  ready(options?: CallOptions): Promise<void> {
    return this.#read(options, () => this.#store.ready());
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    await this.#commands.close();
    await Promise.allSettled(this.#reads);
    await this.#store.close();
  }

  /** The one way of changes: what the request states by itself is judged here, the rest in its batch. */
  async #run<Request extends object, Result>(
    operation: Operation<Request, Result>,
    request: Request,
    options: CallOptions | undefined,
  ): Promise<Result> {
    const violations = operation.judge(request);
    const [ofMembers, ofRequest] = [violations.filter(hasPlace), violations.filter((one) => !hasPlace(one))];
    if (ofMembers.length > 0) throw new InvalidParameterError(ofMembers);
    if (ofRequest.length > 0) throw new InvalidRequestError(ofRequest);
    return (await this.#commands.submit(commandOf(operation, request), options?.signal)) as Result;
  }

  /** Reads something of each contact, by ids or by ARNs of this instance. */
  #readContacts<Thing>(
    instanceId: string,
    contactIds: readonly string[],
    options: CallOptions | undefined,
    load: (instanceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, Thing>>,
  ): Promise<Answers<Thing>> {
    return this.#read(options, async () => {
      const instance = bareId(instanceId);
      const foreign = await this.#foreignArns(instanceId, contactIds);
      const things = await load(instance, contactIds.map(bareId));
      return contactIds.map((given, index) => foreign[index] ?? things.get(bareId(given)) ?? null);
    });
  }

  /**
   * For each contact the refusal of its ARN, where it was given as one that is not of this instance.
   *
   * @throws InvalidParameterError where the instance's own ARN is of another region or account
   */
  async #foreignArns(
    instanceId: string,
    contactIds: readonly string[],
  ): Promise<readonly (InvalidParameterError | undefined)[]> {
    if (![instanceId, ...contactIds].some(isArn)) return [];
    const arn = await this.#store.instanceArn(bareId(instanceId));
    if (arn === undefined) return [];
    const refusal = (given: string, resource: 'INSTANCE' | 'CONTACT', member: string) => {
      const violations = judgeArn(given, arn, resource, [member]);
      return violations.length === 0 ? undefined : new InvalidParameterError(violations);
    };
    const ofInstance = refusal(instanceId, 'INSTANCE', 'instanceId');
    if (ofInstance) throw ofInstance;
    return contactIds.map((given) => refusal(given, 'CONTACT', 'contactId'));
  }

  /** The one way of reads: nothing but errors of the port leaves it. */
  async #read<Result>(options: CallOptions | undefined, read: () => Promise<Result>): Promise<Result> {
    if (this.#closing) throw new UnavailableError();
    if (options?.signal?.aborted) throw new CancelledError({ cause: options.signal.reason });
    const reading = read();
    this.#reads.add(reading);
    try {
      return await reading;
    } catch (error) {
      throw isConnectFault(error) ? error : new InternalServiceError({ cause: error });
    } finally {
      this.#reads.delete(reading);
    }
  }
}

/** Whether a violation is one of a member; else the members contradict each other. */
function hasPlace({ path }: Violation): boolean {
  return path.length > 0;
}
