import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { isConnectFault, ResourceNotFoundError } from '../../connect/errors.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../../connect/start-task-contact.js';
import { ConnectContact, type KnownOfContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import type { ConnectError } from '../errors/error.types.js';
import { toInvalidInputErrors, toPayloadErrors } from '../errors/to-payload-errors.js';
import { CreateTaskContactInput } from './create-task-contact.input.js';
import { CreateTaskContactPayload } from './create-task-contact.payload.js';
import { pathInInput, toRequest } from './to-request.js';

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
    const violations = context.validation.judgeCreation(input, ['input']);
    if (violations.length > 0) return refused(toInvalidInputErrors(violations));
    try {
      const instanceId = context.instances.resolve(input.instanceId);
      if (instanceId === undefined) {
        throw new ResourceNotFoundError('INSTANCE', input.instanceId ?? '', 'instanceId');
      }
      const request = toRequest(input, instanceId);
      const result = await context.connect.startTaskContact(request, optionsOf(context));
      context.loaders.forget();
      return { contact: created(request, result), replayed: result.replayed ?? null, errors: [] };
    } catch (error) {
      const errors = isConnectFault(error) ? toPayloadErrors(error, pathInInput) : undefined;
      if (errors === undefined) throw error;
      return refused(errors);
    }
  }
}

function refused(errors: readonly ConnectError[]): CreateTaskContactPayload {
  return { contact: null, replayed: null, errors };
}

function optionsOf({ signal }: GatewayContext): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
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
  return new ConnectContact(instanceId, contactId, known as KnownOfContact, chainId);
}
