import { bareId } from '../connect/arn.js';
import type { AttachedFile, GetAttachedFileRequest, NewAttachment } from '../connect/attachment.js';
import type { Answers, CallOptions, Connect } from '../connect/connect.js';
import type {
  ContactsRequest,
  ListAssociatedContactsRequest,
  SearchContactsRequest,
  SearchContactsResult,
} from '../connect/contact-search.js';
import type {
  Attribute,
  Contact,
  ContactChain,
  ContactMetrics,
  ContactSummary,
  Reference,
} from '../connect/contact.js';
import { type ConnectFault, InvalidParameterError, InvalidRequestError, together } from '../connect/errors.js';
import type {
  AssociateContactWithUserRequest,
  ContactRequest,
  PauseContactRequest,
  TagContactRequest,
  TransferContactRequest,
  TransferContactResult,
  UntagContactRequest,
  UpdateContactAttributesRequest,
  UpdateContactRequest,
  UpdateContactRoutingDataRequest,
  UpdateContactScheduleRequest,
  UpdateContactTaskTemplateRequest,
} from '../connect/lifecycle.js';
import type { Page } from '../connect/call.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../connect/start-task-contact.js';
import type { CreateTaskTemplateRequest, CreateTaskTemplateResult } from '../connect/task-template.js';
import type { Violation } from '../connect/violation.js';
import { violationOf } from '../validation/rule.js';
import { REFUSED_ATTACHMENTS } from '../validation/rules/attachments.js';
import { REFUSED_REFERENCES } from '../validation/rules/references.js';
import { contactIds } from './commit/contact-ids.js';
import { engineClosed } from './faults.js';
import { GroupCommit, type GroupCommitOptions } from './commit/group-commit.js';
import { Command, runBatch } from './commit/run-batch.js';
import { associateContactWithUser } from './decide/associate-contact-with-user.js';
import { type Control, controlContact, type ControlRequest, type ControlResult } from './decide/control-contact.js';
import { createTaskTemplate } from './decide/create-task-template.js';
import type { Operation } from './decide/operation.js';
import { pauseContact, resumeContact } from './decide/pause-contact.js';
import { settleAttachment } from './decide/settle-attachment.js';
import { startTaskContact } from './decide/start-task-contact.js';
import type { Quotas } from './decide/state.js';
import { stopContact } from './decide/stop-contact.js';
import { tagContact, untagContact } from './decide/tag-contact.js';
import { toMetrics, WAIT_COUNTS_FOR_MS } from './decide/to-metrics.js';
import { toContact, toReferences } from './decide/to-contact.js';
import { transferContact } from './decide/transfer-contact.js';
import { updateContactAttributes } from './decide/update-contact-attributes.js';
import { updateContactRoutingData } from './decide/update-contact-routing-data.js';
import { updateContactTaskTemplate } from './decide/update-contact-task-template.js';
import { updateContactSchedule } from './decide/update-contact-schedule.js';
import { updateContact } from './decide/update-contact.js';
import { type AttachmentOptions, type AttachmentParts, Attachments } from './files/attachments.js';
import { attachmentsKept, readAttachedFile } from './reads/attached-file.js';
import { EmbeddedCatalog } from './reads/embedded-catalog.js';
import { EngineChangeLog } from './reads/change-log.js';
import { listAssociatedContacts } from './reads/list-associated-contacts.js';
import { type Load, readTogether } from '../util/read-together.js';
import { type ScanBounds, ScanTurns } from './reads/scan-turns.js';
import { parseAttributes } from './reads/parse-attributes.js';
import { searchContacts } from './reads/search-contacts.js';
import { takeNext, type TakeNextRequest } from './take-next.js';
import type { Store } from './store/store.js';

/** The parts of an {@link EmbeddedConnect}. */
export interface EmbeddedConnectOptions {
  readonly store: Store;
  readonly quotas: Quotas;
  readonly groupCommit?: GroupCommitOptions;
  readonly scans?: ScanBounds | undefined;
  /** Whether rules for CONNECT_STRICT apply. Default: false. */
  readonly strict?: boolean;
  /** Where attachments are kept. Default: nowhere, so that tasks with attachments are refused. */
  readonly attachments?: (AttachmentOptions & Pick<AttachmentParts, 'now'>) | undefined;
}

/**
 * The embedded engine: the API's semantics of task contacts over a durable store. Changes are validated, then decided
 * in batches that share one commit. Reads see committed data only.
 */
export class EmbeddedConnect extends EmbeddedCatalog implements Connect {
  readonly listsWholeContacts = true;
  /** The changes of contacts, for those who follow them. */
  readonly changes: EngineChangeLog;
  /** The files of contacts; undefined if the engine keeps none. */
  readonly attachments: Attachments | undefined;
  readonly #commands: GroupCommit<unknown, Command>;
  readonly #scans: ScanTurns;
  readonly #strict: boolean;
  readonly #contacts = readTogether<Contact>(async (instance, ids) => {
    const rows = await this.store.contacts(instance, ids);
    return new Map(rows.map((row) => [row.id, toContact(row)]));
  });
  readonly #chains = readTogether<ContactChain>(async (instance, ids) => {
    const rows = await this.store.chainMembers(instance, ids);
    const chains = new Map<string, ContactChain>();
    for (const [id, ofChain] of Map.groupBy(rows, (row) => row.chainId)) {
      const chain = { instanceId: instance, id, members: ofChain.map(toContact) };
      for (const member of ofChain) chains.set(member.id, chain);
    }
    return chains;
  });
  readonly #metrics = readTogether<ContactMetrics>(async (instance, ids) => {
    const rows = await this.store.queuePlaces(instance, ids, WAIT_COUNTS_FOR_MS);
    return new Map(rows.map((row) => [row.id, toMetrics(row)]));
  });
  /** Attributes as they are stored: many of them are parsed by turns, and no more than their caller has room for. */
  readonly #attributes = readTogether<string>(async (instance, ids) => {
    const rows = await this.store.attributes(instance, ids);
    return new Map(rows.map((row) => [row.contactId, row.attributes]));
  });
  readonly #references = readTogether<readonly Reference[]>(async (instance, ids) => {
    const rows = await this.store.contacts(instance, ids);
    return new Map(rows.map((row) => [row.id, toReferences(row)]));
  });
  #closing: Promise<void> | undefined;

  constructor(options: EmbeddedConnectOptions) {
    const { store, quotas } = options;
    super(store);
    const parts = { store, quotas, newId: contactIds() };
    this.changes = new EngineChangeLog(store);
    const run = async (batch: readonly Command[]) => {
      const outcomes = await runBatch(parts, batch);
      this.changes.wake();
      return outcomes;
    };
    this.#commands = new GroupCommit(run, options.groupCommit);
    this.#scans = new ScanTurns(options.scans);
    this.#strict = options.strict ?? false;
    const { attachments } = options;
    this.attachments = attachments && this.#openAttachments(attachments);
  }

  startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult> {
    return request.attachments?.length
      ? this.#startWithAttachments(request, request.attachments, options)
      : this.#run(startTaskContact, request, options);
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

  async transferContact(request: TransferContactRequest, options?: CallOptions): Promise<TransferContactResult> {
    const { attachments } = this;
    if (attachments === undefined) return this.#run(transferContact, request, options);
    const contactId = bareId(request.contactId);
    // The new contact gets the files as they are now, so that none may be on its way.
    await attachments.settled(contactId);
    const result = await this.#run(transferContact, request, options);
    await attachments.folder.share(bareId(request.instanceId), contactId, result.contactId);
    return result;
  }

  pauseContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(pauseContact, request, options);
  }

  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(resumeContact, request, options);
  }

  updateContactRoutingData(request: UpdateContactRoutingDataRequest, options?: CallOptions): Promise<void> {
    return this.#run(updateContactRoutingData, request, options);
  }

  updateContactTaskTemplate(request: UpdateContactTaskTemplateRequest, options?: CallOptions): Promise<void> {
    return this.#run(updateContactTaskTemplate, request, options);
  }

  associateContactWithUser(request: AssociateContactWithUserRequest, options?: CallOptions): Promise<void> {
    return this.#run(associateContactWithUser, request, options);
  }

  tagContact(request: TagContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(tagContact, request, options);
  }

  untagContact(request: UntagContactRequest, options?: CallOptions): Promise<void> {
    return this.#run(untagContact, request, options);
  }

  /**
   * Executes an action of a flow or an agent on a task. The API has no such operation, so the port has none either.
   *
   * @throws ConnectFault
   */
  async control(control: Control, request: ControlRequest, options?: CallOptions): Promise<ControlResult> {
    const [instanceId, contactId] = [bareId(request.instanceId), bareId(request.contactId)];
    const defaults = await this.guard.run(options, () => this.store.assigneesOf(instanceId, contactId));
    return this.#run(controlContact(control), { ...request, defaults }, options);
  }

  /**
   * Connects the next task of a queue to an agent, as the agent's own acceptance does.
   *
   * @returns undefined if no task waits
   * @throws ConnectFault
   */
  takeNext(request: TakeNextRequest, options?: CallOptions): Promise<ControlResult | undefined> {
    return takeNext(this.store, request, (found) => this.control('connect', found, options));
  }

  describeContacts(request: ContactsRequest, options?: CallOptions): Promise<Answers<Contact>> {
    return this.#readContacts(request, options, this.#contacts);
  }

  getContactMetrics(request: ContactsRequest, options?: CallOptions): Promise<Answers<ContactMetrics>> {
    return this.#readContacts(request, options, this.#metrics);
  }

  listChains(request: ContactsRequest, options?: CallOptions): Promise<Answers<ContactChain>> {
    return this.#readContacts(request, options, this.#chains);
  }

  getAttributes(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Attribute[]>> {
    const { instanceId, contactIds } = request;
    return this.guard.run(options, async () => {
      const { instanceReads } = this;
      const stored = await instanceReads.byIds('CONTACT', 'contactId', instanceId, contactIds, this.#attributes);
      return parseAttributes(stored, options?.maxBytes);
    });
  }

  listReferences(request: ContactsRequest, options?: CallOptions): Promise<Answers<readonly Reference[]>> {
    return this.#readContacts(request, options, this.#references);
  }

  listAssociatedContacts(request: ListAssociatedContactsRequest, options?: CallOptions): Promise<Page<ContactSummary>> {
    return this.guard.run(options, () => listAssociatedContacts(this.store, this.instanceReads, request));
  }

  searchContacts(request: SearchContactsRequest, options?: CallOptions): Promise<SearchContactsResult> {
    return this.guard.run(options, () =>
      searchContacts(this.store, this.instanceReads, this.#scans, request, options, this.#strict),
    );
  }

  getAttachedFile(request: GetAttachedFileRequest, options?: CallOptions): Promise<AttachedFile> {
    return this.guard.run(options, () => readAttachedFile(this.store, this.attachments, request));
  }

  createTaskTemplate(request: CreateTaskTemplateRequest, options?: CallOptions): Promise<CreateTaskTemplateResult> {
    return this.#run(createTaskTemplate, request, options);
  }

  /** The number of changes that wait for their batch. */
  get waiting(): number {
    return this.#commands.waiting;
  }

  /** Returns the size of the database's write-ahead log in bytes; undefined if that is not a file of the engine. */
  logBytes(): number | undefined {
    return this.store.logBytes();
  }

  /** Returns whether an instance with that id exists. */
  async hasInstance(instanceId: string): Promise<boolean> {
    return (await this.instanceArn(bareId(instanceId))) !== undefined;
  }

  /**
   * Returns the ARN of an instance; undefined if it does not exist.
   *
   * @throws ConnectFault
   */
  instanceArn(id: string): Promise<string | undefined> {
    return this.guard.run(undefined, () => this.store.instanceArn(id));
  }

  ready(options?: CallOptions): Promise<void> {
    return this.guard.run(options, () => this.store.ready());
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.changes.close();
    const reads = this.guard.close();
    this.#scans.close();
    // Stores what became of the files, so before the last commands.
    await this.attachments?.close();
    await this.#commands.close();
    await reads;
    await this.store.close();
  }

  #openAttachments({ now, ...options }: NonNullable<EmbeddedConnectOptions['attachments']>): Attachments {
    return new Attachments(options, {
      now,
      // Also while the engine closes.
      settle: async (request) => {
        await this.#commands.submit(Command.of(settleAttachment, request, undefined));
      },
      present: async (instanceId, ids) => new Set((await this.store.contacts(instanceId, ids)).map(({ id }) => id)),
    });
  }

  /** Creates a task, and begins to read its files when it is stored. */
  async #startWithAttachments(
    request: StartTaskContactRequest,
    files: readonly NewAttachment[],
    options: CallOptions | undefined,
  ): Promise<StartTaskContactResult> {
    const { attachments } = this;
    if (attachments === undefined) {
      throw new InvalidRequestError([violationOf(attachmentsKept, ['attachments'], 'an engine without one')]);
    }
    const result = await this.#run(startTaskContact, request, options);
    if (!result.replayed) attachments.take(bareId(request.instanceId), result.contactId, files);
    return result;
  }

  /** Executes a change. The request alone is validated here; the rest is validated in its batch. */
  async #run<Request extends object, Result>(
    operation: Operation<Request, Result>,
    request: Request,
    options: CallOptions | undefined,
  ): Promise<Result> {
    const violations = operation.check(request);
    const [ofMembers, ofRequest] = [
      violations.filter(isInvalidParameter),
      violations.filter((one) => !isInvalidParameter(one)),
    ];
    const refusals = [
      ...(ofMembers.length > 0 ? [new InvalidParameterError(ofMembers)] : []),
      ...(ofRequest.length > 0 ? [new InvalidRequestError(ofRequest)] : []),
    ];
    if (refusals.length > 0) throw together(refusals as [ConnectFault, ...ConnectFault[]]);
    if (this.#closing !== undefined) throw engineClosed();
    return (await this.#commands.submit(Command.of(operation, request, options?.signal))) as Result;
  }

  /** Reads data of each contact, by ids or by ARNs of this instance. */
  #readContacts<Thing>(
    { instanceId, contactIds }: ContactsRequest,
    options: CallOptions | undefined,
    load: Load<Thing>,
  ): Promise<Answers<Thing>> {
    return this.guard.run(options, () =>
      this.instanceReads.byIds('CONTACT', 'contactId', instanceId, contactIds, load),
    );
  }
}

/** Returns whether the API calls a violation InvalidParameterException. Otherwise it is InvalidRequestException. */
function isInvalidParameter({ path, rule }: Violation): boolean {
  return path.length > 0 && !REFUSED_REFERENCES.has(rule) && !REFUSED_ATTACHMENTS.has(rule);
}
