import { randomUUID } from 'node:crypto';
import {
  AssociateContactWithUserCommand,
  CreateTaskTemplateCommand,
  PauseContactCommand,
  ResumeContactCommand,
  StartTaskContactCommand,
  StopContactCommand,
  TagContactCommand,
  TransferContactCommand,
  UntagContactCommand,
  UpdateContactAttributesCommand,
  UpdateContactCommand,
  UpdateContactRoutingDataCommand,
  UpdateContactScheduleCommand,
  UpdateContactTaskTemplateCommand,
} from '@aws-sdk/client-connect';
import { bareId, isArn } from '../connect/arn.js';
import { toMap } from '../connect/api-names/to-map.js';
import type { CallOptions } from '../connect/call.js';
import type { Connect } from '../connect/connect.js';
import type { Contact, ContactAction } from '../connect/contact.js';
import { allowedActions } from '../connect/contact-state.js';
import { IllegalStateError, isConnectFault, ResourceNotFoundError, type StateErrorName } from '../connect/errors.js';
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
import { ARN_LENGTH, CONTACT_ID_LENGTH, TASK_TEMPLATE_ID_LENGTH } from '../connect/limits.js';
import type { RatedOperation } from '../connect/rates.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../connect/start-task-contact.js';
import type { CreateTaskTemplateRequest, CreateTaskTemplateResult } from '../connect/task-template.js';
import { AwsCatalog } from './aws-catalog.js';
import { factsOf } from './call-facts.js';
import { fullQuotaOfCreation, fullQuotaOfTransfer } from './full-quota.js';
import { createdId } from './members.js';
import type { Send } from './service.js';
import { toRoutingDataInput, toStartTaskContactInput, toUpdateContactInput } from './to-input.js';
import { toCreateTaskTemplateInput } from './to-task-template.js';

/** The adapter to a real Amazon Connect instance, through the AWS SDK. */
export class AwsConnect extends AwsCatalog implements Connect {
  /** By instance. An instance keeps its ARN. */
  readonly #instanceArns = new Map<string, string>();

  /**
   * Creates a task, always with a client token. Without the caller's, it generates one, because a call with a lost
   * answer can then be repeated.
   */
  async startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult> {
    const creation = creationOf(request);
    const { createdByUserId } = request;
    const named =
      createdByUserId === undefined || isArn(createdByUserId)
        ? request
        : { ...request, createdByUserId: await this.#arnOfUser(request.instanceId, createdByUserId, options) };
    const input = toStartTaskContactInput(named, creation.clientToken);
    try {
      const { ContactId } = await this.service.write(
        factsOf('StartTaskContact', request, creation),
        (client, how) => client.send(new StartTaskContactCommand(input), how),
        options,
      );
      return { contactId: createdId('ContactId', ContactId, CONTACT_ID_LENGTH, creation.clientToken) };
    } catch (error) {
      if (!isFullQuota(error)) throw error;
      throw await fullQuotaOfCreation(this.service, request, this.chainTasks, options);
    }
  }

  updateContactAttributes(request: UpdateContactAttributesRequest, options?: CallOptions): Promise<void> {
    const { instanceId, contactId, attributes } = request;
    const input = { InstanceId: instanceId, InitialContactId: contactId, Attributes: toMap(attributes) };
    return this.#write('UpdateContactAttributes', request, options, (client, how) =>
      client.send(new UpdateContactAttributesCommand(input), how),
    );
  }

  updateContact(request: UpdateContactRequest, options?: CallOptions): Promise<void> {
    const input = toUpdateContactInput(request);
    return this.#write('UpdateContact', request, options, (client, how) =>
      client.send(new UpdateContactCommand(input), how),
    );
  }

  updateContactSchedule(request: UpdateContactScheduleRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), ScheduledTime: request.scheduledTime };
    return this.#changeState('RESCHEDULE', request, options, () =>
      this.#write('UpdateContactSchedule', request, options, (client, how) =>
        client.send(new UpdateContactScheduleCommand(input), how),
      ),
    );
  }

  stopContact(request: ContactRequest, options?: CallOptions): Promise<void> {
    return this.#changeState('STOP', request, options, () =>
      this.#write('StopContact', request, options, (client, how) =>
        client.send(new StopContactCommand(idsOf(request)), how),
      ),
    );
  }

  async transferContact(request: TransferContactRequest, options?: CallOptions): Promise<TransferContactResult> {
    const creation = creationOf(request);
    const input = {
      ...idsOf(request),
      ContactFlowId: request.contactFlowId,
      QueueId: request.queueId,
      UserId: request.userId,
      ClientToken: creation.clientToken,
    };
    try {
      const { ContactId, ContactArn } = await this.#changeState('TRANSFER', request, options, () =>
        this.service.write(
          factsOf('TransferContact', request, creation),
          (client, how) => client.send(new TransferContactCommand(input), how),
          options,
        ),
      );
      const { clientToken } = creation;
      return {
        contactId: createdId('ContactId', ContactId, CONTACT_ID_LENGTH, clientToken),
        contactArn: createdId('ContactArn', ContactArn, ARN_LENGTH, clientToken),
      };
    } catch (error) {
      if (!isFullQuota(error)) throw error;
      throw await fullQuotaOfTransfer(this.service, request, options);
    }
  }

  pauseContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), ContactFlowId: request.contactFlowId };
    return this.#changeState('PAUSE', request, options, () =>
      this.#write('PauseContact', request, options, (client, how) => client.send(new PauseContactCommand(input), how)),
    );
  }

  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), ContactFlowId: request.contactFlowId };
    return this.#changeState('RESUME', request, options, () =>
      this.#write('ResumeContact', request, options, (client, how) =>
        client.send(new ResumeContactCommand(input), how),
      ),
    );
  }

  updateContactRoutingData(request: UpdateContactRoutingDataRequest, options?: CallOptions): Promise<void> {
    const input = toRoutingDataInput(request);
    return this.#changeState('ROUTE', request, options, () =>
      this.#write('UpdateContactRoutingData', request, options, (client, how) =>
        client.send(new UpdateContactRoutingDataCommand(input), how),
      ),
    );
  }

  async updateContactTaskTemplate(request: UpdateContactTaskTemplateRequest, options?: CallOptions): Promise<void> {
    const { instanceId, contactId } = request;
    const input = { ...idsOf(request), TaskTemplateId: request.taskTemplateId };
    try {
      await this.#write('UpdateContactTaskTemplate', request, options, (client, how) =>
        client.send(new UpdateContactTaskTemplateCommand(input), how),
      );
    } catch (error) {
      if (!isConnectFault(error) || error.code !== 'InvalidRequestException') throw error;
      const [contact] = await this.describeContacts({ instanceId, contactIds: [contactId] }, options);
      if (!contact || contact instanceof Error || canChangeTemplate(contact)) throw error;
      throw new IllegalStateError('InvalidRequestException', 'CHANGE_TEMPLATE', contact.channel, contact.state);
    }
  }

  associateContactWithUser(request: AssociateContactWithUserRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), UserId: request.userId };
    return this.#changeState('ASSIGN', request, options, () =>
      this.#write('AssociateContactWithUser', request, options, (client, how) =>
        client.send(new AssociateContactWithUserCommand(input), how),
      ),
    );
  }

  tagContact(request: TagContactRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), Tags: toMap(request.tags) };
    return this.#write('TagContact', request, options, (client, how) => client.send(new TagContactCommand(input), how));
  }

  untagContact(request: UntagContactRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), TagKeys: [...request.keys] };
    return this.#write('UntagContact', request, options, (client, how) =>
      client.send(new UntagContactCommand(input), how),
    );
  }

  /** Creates a task template, always with a client token, as for a task. */
  async createTaskTemplate(
    request: CreateTaskTemplateRequest,
    options?: CallOptions,
  ): Promise<CreateTaskTemplateResult> {
    const creation = creationOf(request);
    const input = toCreateTaskTemplateInput(request, creation.clientToken);
    const { Id, Arn } = await this.service.write(
      factsOf('CreateTaskTemplate', request, creation),
      (client, how) => client.send(new CreateTaskTemplateCommand(input), how),
      options,
    );
    const { clientToken } = creation;
    return {
      id: createdId('Id', Id, TASK_TEMPLATE_ID_LENGTH, clientToken),
      arn: createdId('Arn', Arn, ARN_LENGTH, clientToken),
    };
  }

  /**
   * Checks that there are credentials. It makes no call, because every replica is probed every few seconds and the
   * API's rates count for the whole account.
   */
  ready(): Promise<void> {
    return this.service.credentials();
  }

  close(): Promise<void> {
    return this.service.close();
  }

  /**
   * Returns the ARN of a user, because the API takes no id of a task's creator. The ARN of the instance, which it begins
   * with, is read once.
   */
  async #arnOfUser(instanceId: string, userId: string, options: CallOptions | undefined): Promise<string> {
    let arn = this.#instanceArns.get(instanceId);
    if (arn === undefined) {
      const [instance] = await this.describeInstances({ instanceIds: [bareId(instanceId)] }, options);
      if (instance instanceof Error) throw instance;
      if (!instance) throw new ResourceNotFoundError('INSTANCE', instanceId, 'instanceId');
      arn = instance.arn;
      this.#instanceArns.set(instanceId, arn);
    }
    return `${arn}/agent/${userId}`;
  }

  async #write(
    operation: RatedOperation,
    request: object,
    options: CallOptions | undefined,
    send: Send<unknown>,
  ): Promise<void> {
    await this.service.write(factsOf(operation, request), send, options);
  }

  /**
   * Changes the state of a contact. After a refusal, one more call reads the contact, because the refusal does not say
   * whether the contact's state caused it.
   */
  async #changeState<Result>(
    action: ContactAction,
    request: ContactRequest,
    options: CallOptions | undefined,
    call: () => Promise<Result>,
  ): Promise<Result> {
    try {
      return await call();
    } catch (error) {
      if (!isConnectFault(error) || error.code !== 'InvalidRequestException') throw error;
      const [contact] = await this.describeContacts(
        { instanceId: request.instanceId, contactIds: [request.contactId] },
        options,
      );
      if (!contact || contact instanceof Error) throw error;
      if (allowedActions(contact.channel, contact.state).includes(action)) throw error;
      throw new IllegalStateError(
        STATE_ERRORS[action] ?? 'InvalidRequestException',
        action,
        contact.channel,
        contact.state,
      );
    }
  }
}

/** The API's name of a refusal by state, where it is not InvalidRequestException. */
const STATE_ERRORS: Readonly<Partial<Record<ContactAction, StateErrorName>>> = {
  PAUSE: 'ConflictException',
  RESUME: 'ConflictException',
  ROUTE: 'ResourceConflictException',
};

/** Whether a task is in progress and has no agent, as UpdateContactTaskTemplate requires. */
function canChangeTemplate({ channel, state, connectedToAgentAt }: Contact): boolean {
  return channel === 'TASK' && ['INITIATED', 'QUEUED', 'PAUSED'].includes(state) && connectedToAgentAt === undefined;
}

function idsOf({ instanceId, contactId }: ContactRequest) {
  return { InstanceId: instanceId, ContactId: contactId };
}

/** Returns the client token to send. An empty token counts as none. */
function creationOf({ clientToken }: { readonly clientToken?: string }) {
  return { clientToken: clientToken || randomUUID(), chosen: Boolean(clientToken) };
}

function isFullQuota(error: unknown): boolean {
  return isConnectFault(error) && error.code === 'ServiceQuotaExceededException' && error.quota === 'UNKNOWN';
}
