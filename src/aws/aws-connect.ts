import { randomUUID } from 'node:crypto';
import {
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
  UpdateContactScheduleCommand,
} from '@aws-sdk/client-connect';
import { toMap } from '../connect/api-names/to-map.js';
import type { CallOptions } from '../connect/call.js';
import type { Connect } from '../connect/connect.js';
import type { ContactAction } from '../connect/contact.js';
import { allowedActions } from '../connect/contact-state.js';
import { IllegalStateError, isConnectFault } from '../connect/errors.js';
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
import { toStartTaskContactInput, toUpdateContactInput } from './to-input.js';
import { toCreateTaskTemplateInput } from './to-task-template.js';

/** Amazon Connect itself, through AWS's SDK. */
export class AwsConnect extends AwsCatalog implements Connect {
  /** Always with a token, also where the caller gave none: a call whose answer was lost can be repeated. */
  async startTaskContact(request: StartTaskContactRequest, options?: CallOptions): Promise<StartTaskContactResult> {
    const creation = creationOf(request);
    const input = toStartTaskContactInput(request, creation.clientToken);
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
    return this.#steer('RESCHEDULE', request, options, () =>
      this.#write('UpdateContactSchedule', request, options, (client, how) =>
        client.send(new UpdateContactScheduleCommand(input), how),
      ),
    );
  }

  stopContact(request: ContactRequest, options?: CallOptions): Promise<void> {
    return this.#steer('STOP', request, options, () =>
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
      const { ContactId, ContactArn } = await this.#steer('TRANSFER', request, options, () =>
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
    return this.#steer('PAUSE', request, options, () =>
      this.#write('PauseContact', request, options, (client, how) => client.send(new PauseContactCommand(input), how)),
    );
  }

  resumeContact(request: PauseContactRequest, options?: CallOptions): Promise<void> {
    const input = { ...idsOf(request), ContactFlowId: request.contactFlowId };
    return this.#steer('RESUME', request, options, () =>
      this.#write('ResumeContact', request, options, (client, how) =>
        client.send(new ResumeContactCommand(input), how),
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

  /** Always with a token, as a task. */
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
   * Whether there are credentials to call with. It makes no call: every replica is asked this every few seconds, and the
   * rates of the API count for the whole account.
   */
  ready(): Promise<void> {
    return this.service.credentials();
  }

  close(): Promise<void> {
    return this.service.close();
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
   * Steers a contact. A refusal does not say whether it was for the contact's state, and in which state that is: the
   * contact does, for one call more.
   */
  async #steer<Result>(
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
      const apiName = action === 'PAUSE' || action === 'RESUME' ? 'ConflictException' : 'InvalidRequestException';
      throw new IllegalStateError(apiName, action, contact.channel, contact.state);
    }
  }
}

function idsOf({ instanceId, contactId }: ContactRequest) {
  return { InstanceId: instanceId, ContactId: contactId };
}

/** An empty token counts as none. */
function creationOf({ clientToken }: { readonly clientToken?: string }) {
  return { clientToken: clientToken || randomUUID(), chosen: Boolean(clientToken) };
}

function isFullQuota(error: unknown): boolean {
  return isConnectFault(error) && error.code === 'ServiceQuotaExceededException' && error.quota === 'UNKNOWN';
}
