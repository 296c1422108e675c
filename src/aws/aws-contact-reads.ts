import {
  DescribeContactCommand,
  GetAttachedFileCommand,
  GetContactAttributesCommand,
  GetContactMetricsCommand,
  ListContactReferencesCommand,
  SearchContactsCommand,
} from '@aws-sdk/client-connect';
import type { AttachedFile, AttachedFiles, GetAttachedFileRequest } from '../connect/attachment.js';
import type { Answers, CallOptions, Page } from '../connect/call.js';
import type {
  AssociatedReads,
  ContactSearch,
  ContactsRequest,
  ListAssociatedContactsRequest,
  SearchContactsRequest,
  SearchContactsResult,
} from '../connect/contact-search.js';
import {
  ATTACHMENT,
  type Attribute,
  type Contact,
  CONTACT_METRICS,
  type ContactChain,
  type ContactMetrics,
  type ContactSummary,
  type Reference,
  REFERENCE_TYPES,
} from '../connect/contact.js';
import { given } from '../util/given.js';
import { listAssociatedContacts, listChains } from './associated-contacts.js';
import { factsOf } from './call-facts.js';
import type { Service } from './service.js';
import { toContact, toContactMetrics, toFoundContact, toReference } from './to-contact.js';
import { toAttachedFile } from './to-attached-file.js';
import { toSearchContactsInput } from './to-input.js';

/** The requested types: all that a task can have, which is also the maximum of one request (6). */
const TASK_REFERENCE_TYPES = [...REFERENCE_TYPES, ATTACHMENT] as const;

/** The parts of {@link AwsContactReads}. */
export interface AwsOptions {
  readonly service: Service;
  /** The clock that determines whether a task is still scheduled, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Maximum number of linked tasks in a chain. It distinguishes a full chain from a full instance. */
  readonly chainTasks: number;
}

/** Reads of contacts, with as few calls as the API allows. */
export class AwsContactReads implements AssociatedReads, ContactSearch, AttachedFiles {
  protected readonly service: Service;
  protected readonly chainTasks: number;
  readonly #now: () => number;

  constructor({ service, now, chainTasks }: AwsOptions) {
    this.service = service;
    this.chainTasks = chainTasks;
    this.#now = now;
  }

  /** Reads contacts with one call each, because the API has none for several. */
  describeContacts({ instanceId, contactIds }: ContactsRequest, options?: CallOptions): Promise<Answers<Contact>> {
    return this.service.readEach(
      contactIds,
      (contactId) => factsOf('DescribeContact', { instanceId, contactId }),
      (ContactId) => (client, how) =>
        client.send(new DescribeContactCommand({ InstanceId: instanceId, ContactId }), how),
      ({ Contact }) => (Contact ? toContact(instanceId, Contact, this.#now()) : null),
      options,
    );
  }

  /**
   * Reads both metrics of a contact with one call, because the API has none for several contacts. Decision: a contact
   * whose metrics the service refuses has none, because they exist only while a contact waits in a queue.
   */
  async getContactMetrics(
    { instanceId, contactIds }: ContactsRequest,
    options?: CallOptions,
  ): Promise<Answers<ContactMetrics>> {
    const Metrics = CONTACT_METRICS.map((Name) => ({ Name }));
    const answers = await this.service.readEach(
      contactIds,
      (contactId) => factsOf('GetContactMetrics', { instanceId, contactId }),
      (ContactId) => (client, how) =>
        client.send(new GetContactMetricsCommand({ InstanceId: instanceId, ContactId, Metrics }), how),
      toContactMetrics,
      options,
    );
    return answers.map((answer) =>
      answer instanceof Error && answer.code === 'InvalidRequestException' ? null : answer,
    );
  }

  listChains({ instanceId, contactIds }: ContactsRequest, options?: CallOptions): Promise<Answers<ContactChain>> {
    return listChains(this.service, instanceId, contactIds, options);
  }

  /**
   * Reads attributes with one call for each id. Contacts of one chain share their attributes, so read by the chain's id
   * if it is known.
   */
  getAttributes(
    { instanceId, contactIds }: ContactsRequest,
    options?: CallOptions,
  ): Promise<Answers<readonly Attribute[]>> {
    return this.service.readEach(
      contactIds,
      (contactId) => factsOf('GetContactAttributes', { instanceId, contactId }),
      (InitialContactId) => (client, how) =>
        client.send(new GetContactAttributesCommand({ InstanceId: instanceId, InitialContactId }), how),
      ({ Attributes = {} }) =>
        Object.entries(Attributes)
          .map(([key, value]) => ({ key, value }))
          .sort((a, b) => (a.key < b.key ? -1 : 1)),
      options,
    );
  }

  async searchContacts(request: SearchContactsRequest, options?: CallOptions): Promise<SearchContactsResult> {
    const input = toSearchContactsInput(request);
    const {
      Contacts = [],
      NextToken,
      TotalCount,
    } = await this.service.read(
      factsOf('SearchContacts', request),
      (client, how) => client.send(new SearchContactsCommand(input), how),
      options,
    );
    return {
      contacts: Contacts.map((summary) => toFoundContact(request.instanceId, summary)),
      ...given({ nextToken: NextToken || undefined, totalCount: TotalCount }),
    };
  }

  listAssociatedContacts(request: ListAssociatedContactsRequest, options?: CallOptions): Promise<Page<ContactSummary>> {
    return listAssociatedContacts(this.service, request, options);
  }

  listReferences(
    { instanceId, contactIds }: ContactsRequest,
    options?: CallOptions,
  ): Promise<Answers<readonly Reference[]>> {
    const ReferenceTypes = [...TASK_REFERENCE_TYPES];
    return this.service.readEach(
      contactIds,
      (contactId) => factsOf('ListContactReferences', { instanceId, contactId }),
      (ContactId) => (client, how) =>
        client.send(new ListContactReferencesCommand({ InstanceId: instanceId, ContactId, ReferenceTypes }), how),
      ({ ReferenceSummaryList = [] }) => ReferenceSummaryList.map(toReference),
      options,
    );
  }

  async getAttachedFile(request: GetAttachedFileRequest, options?: CallOptions): Promise<AttachedFile> {
    const { instanceId, fileId, associatedResourceArn, urlExpiryInSeconds } = request;
    const output = await this.service.read(
      factsOf('GetAttachedFile', request),
      (client, how) =>
        client.send(
          new GetAttachedFileCommand({
            InstanceId: instanceId,
            FileId: fileId,
            AssociatedResourceArn: associatedResourceArn,
            UrlExpiryInSeconds: urlExpiryInSeconds,
          }),
          how,
        ),
      options,
    );
    return toAttachedFile(request, output);
  }
}
