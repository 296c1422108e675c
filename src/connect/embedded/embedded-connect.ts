import { judgeMembers } from '../../validation/start-task-contact-rules.js';
import type { Answers, CallOptions, Connect } from '../connect.js';
import type { Attribute, Contact, ContactChain } from '../contact.js';
import {
  CancelledError,
  InternalServiceError,
  InvalidParameterError,
  isConnectFault,
  UnavailableError,
} from '../errors.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../start-task-contact.js';
import { bareId, isArn, judgeArn } from './arn.js';
import { contactIds } from './contact-ids.js';
import { readAttributes } from './decide/link.js';
import type { Quotas } from './decide/state.js';
import { GroupCommit, type GroupCommitOptions } from './group-commit.js';
import { runBatch } from './run-batch.js';
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
  readonly #creations: GroupCommit<StartTaskContactRequest, StartTaskContactResult>;
  /** Reads that are under way. */
  readonly #reads = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;

  constructor(options: EmbeddedConnectOptions) {
    const { store, quotas } = options;
    const parts = { store, quotas, newId: contactIds() };
    this.#store = store;
    this.#creations = new GroupCommit((batch) => runBatch(parts, batch), {
      ...options.groupCommit,
      sizeOf: sizeOfRequest,
    });
  }

  async startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult> {
    const violations = judgeMembers(request);
    if (violations.length > 0) throw new InvalidParameterError(violations);
    return this.#creations.submit(request, options?.signal);
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

  ready(options?: CallOptions): Promise<void> {
    return this.#read(options, () => this.#store.ready());
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    await this.#creations.close();
    await Promise.allSettled(this.#reads);
    await this.#store.close();
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

/** About a request's size in bytes: its texts, which is all that grows. */
function sizeOfRequest(request: StartTaskContactRequest): number {
  let size = 256 + request.name.length + (request.description?.length ?? 0);
  for (const { key, value } of request.attributes ?? []) size += key.length + value.length;
  for (const { name, value } of request.references ?? []) size += name.length + value.length;
  return size;
}
