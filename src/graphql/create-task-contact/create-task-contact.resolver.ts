import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { StartTaskContactRequest, StartTaskContactResult } from '../../connect/start-task-contact.js';
import { change } from '../change.js';
import { withClientToken } from '../client-token.js';
import { ConnectContact, type KnownOfContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { given } from '../given.js';
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
      call: (instanceId, options) =>
        withClientToken(context.identity, input.clientToken, async (clientToken) => {
          const request = { ...toRequest(input, instanceId), ...given('clientToken', clientToken) };
          return { request, answer: await context.connect.startTaskContact(request, options) };
        }),
    });
    if (result === undefined) return { contact: null, replayed: null, errors };
    return { contact: created(result.request, result.answer), replayed: result.answer.replayed ?? null, errors };
  }
}

/**
 * The new contact with what the request states of it, so that telling that takes no read.
 */
function created(request: StartTaskContactRequest, { contactId, replayed }: StartTaskContactResult): ConnectContact {
  const { instanceId, name, description, references, scheduledTime, previousContactId, relatedContactId } = request;
  const byTemplate = request.taskTemplateId !== undefined;
  // A repeat finds a contact that may have changed since, and a template may have filled what is empty: then only the
  // contact itself can tell. So it is with a link that was given as an ARN, since a contact tells ids.
  const isCertain = (value: unknown) => !replayed && (!byTemplate || Boolean(value));
  const isId = (link: string | undefined) => !link?.startsWith('arn:');
  const known: Partial<Record<keyof KnownOfContact, unknown>> = {
    channel: 'TASK',
    initiationMethod: 'API',
    ...(isId(previousContactId) && { previousContactId }),
    ...(isId(relatedContactId) && { relatedContactId }),
    ...(isCertain(name) && { name }),
    ...(isCertain(description) && { description }),
    ...(isCertain(scheduledTime) && { scheduledTime }),
    ...(isCertain(!byTemplate) && { references: references ?? [] }),
  };
  const chainId = previousContactId === undefined ? contactId : undefined;
  return new ConnectContact(instanceId, contactId, known as KnownOfContact, chainId, true);
}
