import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { StartTaskContactRequest, StartTaskContactResult } from '../../connect/start-task-contact.js';
import type { Contact } from '../../connect/contact.js';
import { change } from '../change.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import type { Known } from '../lazy.js';
import { CreateTaskContactInput } from './create-task-contact.input.js';
import { CreateTaskContactPayload } from './create-task-contact.payload.js';
import { GROUPS, toRequest } from './to-request.js';

/** Creating a task. */
@Resolver()
export class CreateTaskContactResolver {
  @Mutation(() => CreateTaskContactPayload, {
    description:
      'Creates a task contact: Connect hands it to an agent by way of a flow. What is wrong with the input is told in errors.',
  })
  @Directive('@cost(weight: 10)')
  async createTaskContact(
    @Arg('input', () => CreateTaskContactInput, { description: 'The task to create.' }) input: CreateTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<CreateTaskContactPayload> {
    const { result, errors } = await change(context, {
      instanceId: input.instanceId,
      violations: context.validation.judgeSchedulable(input, ['input']),
      groups: GROUPS,
      async call(instanceId, options) {
        const request = toRequest(input, instanceId);
        return { request, answer: await context.connect.startTaskContact(request, options) };
      },
    });
    if (result === undefined) return { contact: null, replayed: null, errors };
    rememberAttributes(context, result.request, result.answer);
    return { contact: created(result.request, result.answer), replayed: result.answer.replayed ?? null, errors };
  }
}

/**
 * The new contact with what the request states of it, so that telling that takes no read.
 */
function created(request: StartTaskContactRequest, { contactId, replayed }: StartTaskContactResult): ConnectContact {
  const { instanceId, name, description, references, scheduledTime, previousContactId, relatedContactId } = request;
  const { taskTemplateId } = request;
  const byTemplate = taskTemplateId !== undefined;
  // A repeat finds a contact that may have changed since, and a template may have filled what is empty: then only the
  // contact itself can tell. So it is with a link or a template that was given as an ARN, since a contact tells ids.
  const isCertain = (value: unknown) => !replayed && (!byTemplate || Boolean(value));
  const isId = (given: string | undefined) => !given?.startsWith('arn:');
  const known: Known<Contact> = {
    channel: 'TASK',
    initiationMethod: 'API',
    ...(isId(previousContactId) && { previousContactId }),
    ...(isId(relatedContactId) && { relatedContactId }),
    ...(isId(taskTemplateId) && { taskTemplate: byTemplate ? { id: taskTemplateId } : undefined }),
    ...(isCertain(name) && { name }),
    ...(isCertain(description) && { description }),
    ...(isCertain(scheduledTime) && { scheduledTime }),
    ...(isCertain(!byTemplate) && { references: references ?? [] }),
  };
  const chainId = previousContactId === undefined ? contactId : undefined;
  return new ConnectContact(instanceId, contactId, known, chainId);
}

/**
 * A new contact that is linked to none has the attributes that it was given: telling them takes no read either. One that
 * joins a chain shares the chain's, a related one copies others', and a template may add its own.
 */
function rememberAttributes(
  { loaders }: GatewayContext,
  { instanceId, attributes = [], previousContactId, relatedContactId, taskTemplateId }: StartTaskContactRequest,
  { contactId, replayed }: StartTaskContactResult,
): void {
  if (replayed || (previousContactId ?? relatedContactId ?? taskTemplateId) !== undefined) return;
  const byKey = [...attributes].sort((one, other) => (one.key < other.key ? -1 : 1));
  loaders.attributes.prime({ instanceId, id: contactId }, byKey);
}
