import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import type { StartTaskContactRequest, StartTaskContactResult } from '../../connect/start-task-contact.js';
import { given } from '../../util/given.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { Calls } from '../loading/reads.js';
import { change } from '../mutation/change.js';
import { withClientToken } from '../mutation/client-token.js';
import { CreateTaskContactInput } from './create-task-contact.input.js';
import { CreateTaskContactPayload } from './create-task-contact.payload.js';
import { byKey, callsOf, GROUPS, statedBy, statesAttributes, toRequest } from './to-request.js';

/** Resolves creations of tasks. */
@Resolver()
export class CreateTaskContactResolver {
  @Mutation(() => CreateTaskContactPayload, {
    description:
      'Creates a task contact, which a flow routes to an agent. Violations of the input are returned in errors.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(({ input }) => callsOf(input as CreateTaskContactInput))
  async createTaskContact(
    @Arg('input', () => CreateTaskContactInput, { description: 'The task to create.' }) input: CreateTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<CreateTaskContactPayload> {
    const { result, errors } = await change(context, {
      instanceId: input.instanceId,
      violations: context.validation.validateSchedulable(input, ['input']),
      groups: GROUPS,
      call: (instanceId, options) =>
        withClientToken(context.identity, input.clientToken, async (clientToken) => {
          const request = { ...toRequest(input, instanceId), ...given({ clientToken }) };
          const hasNewToken = !input.clientToken;
          return { request, answer: await context.connect.startTaskContact(request, { ...options, hasNewToken }) };
        }),
    });
    if (result === undefined) return { contact: null, replayed: null, errors };
    if (result.answer.contact) context.loaders.know([result.answer.contact]);
    rememberAttributes(context, result.request, result.answer);
    return {
      contact: created(context, result.request, result.answer),
      replayed: result.answer.replayed ?? null,
      errors,
    };
  }
}

/** Makes the new contact with the values that the request states. */
function created(
  context: GatewayContext,
  request: StartTaskContactRequest,
  { contactId, replayed }: StartTaskContactResult,
): ConnectContact {
  const chainId = request.previousContactId === undefined ? contactId : undefined;
  return new ConnectContact(context, request.instanceId, contactId, {
    known: statedBy(request, replayed),
    chainId,
    isStated: true,
  });
}

/** Primes the attributes of a new contact without a link, so that they need no read. */
function rememberAttributes(
  { loaders }: GatewayContext,
  request: StartTaskContactRequest,
  { contactId, replayed }: StartTaskContactResult,
): void {
  if (!statesAttributes(request, replayed)) return;
  const { instanceId, attributes = [] } = request;
  loaders.attributes.prime({ instanceId, id: contactId }, byKey(attributes));
}
