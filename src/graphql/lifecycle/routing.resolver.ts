import { Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { given } from '../../util/given.js';
import type { GatewayContext } from '../context.js';
import { Calls } from '../loading/reads.js';
import { changeContact, Input, STATE_WHEN_REFUSED } from './change-contact.js';
import * as inputs from './lifecycle.inputs.js';
import * as payloads from './lifecycle.payloads.js';

/** Resolves changes of a task on its way to an agent. */
@Resolver()
export class RoutingResolver {
  @Mutation(() => payloads.AssignTaskContactPayload, {
    description:
      'Offers a task that waits in a queue to one agent. The embedded engine has the agent accept it at once.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  assignTaskContact(
    @Input(() => inputs.AssignTaskContactInput) input: inputs.AssignTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.AssignTaskContactPayload> {
    const { userId } = input;
    return changeContact(context, input, (request, options) =>
      context.connect.associateContactWithUser({ ...request, userId }, options),
    );
  }

  @Mutation(() => payloads.ChangeTaskContactTemplatePayload, {
    description:
      'Gives a running task that no agent has another task template, at most 5 times. Its references must fit the fields of the template.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  changeTaskContactTemplate(
    @Input(() => inputs.ChangeTaskContactTemplateInput) input: inputs.ChangeTaskContactTemplateInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.ChangeTaskContactTemplatePayload> {
    const { taskTemplateId } = input;
    return changeContact(context, input, (request, options) =>
      context.connect.updateContactTaskTemplate({ ...request, taskTemplateId }, options),
    );
  }

  @Mutation(() => payloads.UpdateTaskContactRoutingPayload, {
    description: 'Changes the place of a task in its queue: by its priority, or by the time that it has waited.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  updateTaskContactRouting(
    @Input(() => inputs.UpdateTaskContactRoutingInput) input: inputs.UpdateTaskContactRoutingInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.UpdateTaskContactRoutingPayload> {
    const { queuePriority, queueTimeAdjustmentSeconds } = input.routing;
    return changeContact(
      context,
      input,
      (request, options) =>
        context.connect.updateContactRoutingData(
          { ...request, ...given({ queuePriority, queueTimeAdjustmentSeconds }) },
          options,
        ),
      { queuePriority: 'routing', queueTimeAdjustmentSeconds: 'routing' },
    );
  }
}
