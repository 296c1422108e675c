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
import { bareId } from './arn.js';
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
  #closed = false;

  constructor(options: EmbeddedConnectOptions) {
    const { store, quotas } = options;
    this.#store = store;
    this.#creations = new GroupCommit((batch) => runBatch(store, quotas, batch), {
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
    return this.#read(options, async () => {
      const ids = contactIds.map(bareId);
      const rows = await this.#store.contacts(bareId(instanceId), ids);
      const byId = new Map(rows.map((row) => [row.id, toContact(row)]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  listChains(instanceId: string, contactIds: readonly string[], options?: CallOptions): Promise<Answers<ContactChain>> {
    return this.#read(options, async () => {
      const ids = contactIds.map(bareId);
      const rows = await this.#store.chainMembers(bareId(instanceId), ids);
      const members = Map.groupBy(rows, (row) => row.chainId);
      const chains = new Map<string, ContactChain>();
      for (const [id, ofChain] of members) {
        const chain = { instanceId: bareId(instanceId), id, members: ofChain.map(toContact) };
        for (const member of ofChain) chains.set(member.id, chain);
      }
      return ids.map((id) => chains.get(id) ?? null);
    });
  }

  getAttributes(
    instanceId: string,
    contactIds: readonly string[],
    options?: CallOptions,
  ): Promise<Answers<readonly Attribute[]>> {
    return this.#read(options, async () => {
      const ids = contactIds.map(bareId);
      const rows = await this.#store.attributes(bareId(instanceId), ids);
      const byId = new Map(rows.map((row) => [row.contactId, readAttributes(row.attributes)]));
      return ids.map((id) => byId.get(id) ?? null);
    });
  }

  ready(options?: CallOptions): Promise<void> {
    return this.#read(options, () => this.#store.ready());
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#creations.close();
    await this.#store.close();
  }

  /** The one way of reads: nothing but errors of the port leaves it. */
  async #read<Result>(options: CallOptions | undefined, read: () => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new UnavailableError();
    if (options?.signal?.aborted) throw new CancelledError({ cause: options.signal.reason });
    try {
      return await read();
    } catch (error) {
      throw isConnectFault(error) ? error : new InternalServiceError({ cause: error });
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
