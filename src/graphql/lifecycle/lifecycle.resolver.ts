import { Ctx, Directive, Mutation, Resolver } from 'type-graphql';
import { chainIdOf } from '../../connect/contact.js';
import { change } from '../mutation/change.js';
import { withClientToken } from '../mutation/client-token.js';
import { ConnectContact, ConnectContactChain } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import { Calls } from '../loading/reads.js';
import { given } from '../../util/given.js';
import { changeContact, Input, STATE_WHEN_REFUSED } from './change-contact.js';
import * as inputs from './lifecycle.inputs.js';
import * as payloads from './lifecycle.payloads.js';

/** Resolves changes of a task after its creation. */
@Resolver()
export class LifecycleResolver {
  @Mutation(() => payloads.UpdateConnectSharedAttributesPayload, {
    description: 'Merges attributes into the set that the whole chain shares, also after its contacts have ended.',
  })
  @Directive('@cost(weight: 10)')
  @Calls({ calls: 1, reads: 'DescribeContact' })
  async updateConnectSharedAttributes(
    @Input(() => inputs.UpdateConnectSharedAttributesInput) input: inputs.UpdateConnectSharedAttributesInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.UpdateConnectSharedAttributesPayload> {
    const { contact, errors } = await changeContact(context, input, (request, options) =>
      context.connect.updateContactAttributes({ ...request, attributes: input.attributes }, options),
    );
    if (contact === null) return { chain: null, errors };
    const { instanceId, id } = contact;
    const read = await context.loaders.contacts.load({ instanceId, id });
    return { chain: read && new ConnectContactChain(context, instanceId, chainIdOf(read)), errors };
  }

  @Mutation(() => payloads.UpdateTaskContactPayload, {
    description:
      'Changes name, description, references, expiry or segment attributes of a task; all but its expiry also after its end.',
  })
  @Directive('@cost(weight: 10)')
  @Calls({ calls: 1 })
  updateTaskContact(
    @Input(() => inputs.UpdateTaskContactInput) input: inputs.UpdateTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.UpdateTaskContactPayload> {
    const { name, description, references, expiryMinutes, segmentAttributes } = input;
    return changeContact(context, input, (request, options) =>
      context.connect.updateContact(
        {
          ...request,
          ...given({ name, description, references, expiryMinutes, segmentAttributes }),
        },
        options,
      ),
    );
  }

  @Mutation(() => payloads.RescheduleTaskContactPayload, {
    description: 'Sets a new time for a task that is still SCHEDULED, at most 20 times. Its expiry moves with it.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  rescheduleTaskContact(
    @Input(() => inputs.RescheduleTaskContactInput) input: inputs.RescheduleTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.RescheduleTaskContactPayload> {
    const { scheduledTime } = input;
    return changeContact(context, input, (request, options) =>
      context.connect.updateContactSchedule({ ...request, scheduledTime }, options),
    );
  }

  @Mutation(() => payloads.PauseTaskContactPayload, {
    description: 'Pauses a task, at most 10 times. It leaves its queue; its expiry keeps running.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  pauseTaskContact(
    @Input(() => inputs.PauseTaskContactInput) input: inputs.PauseTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.PauseTaskContactPayload> {
    return changeContact(context, input, (request, options) =>
      context.connect.pauseContact({ ...request, ...given({ contactFlowId: input.contactFlowId }) }, options),
    );
  }

  @Mutation(() => payloads.ResumeTaskContactPayload, { description: 'Resumes a paused task.' })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  resumeTaskContact(
    @Input(() => inputs.ResumeTaskContactInput) input: inputs.ResumeTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.ResumeTaskContactPayload> {
    return changeContact(context, input, (request, options) =>
      context.connect.resumeContact({ ...request, ...given({ contactFlowId: input.contactFlowId }) }, options),
    );
  }

  @Mutation(() => payloads.TransferTaskContactPayload, {
    description: 'Ends a task and continues it as a new contact of the same chain, at most 11 times.',
  })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  async transferTaskContact(
    @Input(() => inputs.TransferTaskContactInput) input: inputs.TransferTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.TransferTaskContactPayload> {
    const { contactId, contactFlowId, target } = input;
    const changed = await change(context, {
      instanceId: input.instanceId,
      violations: context.validation.validate(input, ['input']),
      groups: { queueId: 'target', userId: 'target' },
      call: (instanceId, options) =>
        withClientToken(context.identity, input.clientToken, (clientToken) =>
          context.connect.transferContact(
            {
              instanceId,
              contactId,
              contactFlowId,
              ...given({ queueId: target?.queueId, userId: target?.userId, clientToken }),
            },
            options,
          ),
        ),
    });
    if (changed.result === undefined) return { contact: null, replayed: null, errors: changed.errors };
    const { instanceId, result, errors } = changed;
    return {
      contact: new ConnectContact(context, instanceId, result.contactId),
      replayed: result.replayed ?? null,
      errors,
    };
  }

  @Mutation(() => payloads.StopTaskContactPayload, { description: 'Ends a task in any state.' })
  @Directive('@cost(weight: 10)')
  @Calls(STATE_WHEN_REFUSED)
  stopTaskContact(
    @Input(() => inputs.StopTaskContactInput) input: inputs.StopTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.StopTaskContactPayload> {
    return changeContact(context, input, (request, options) => context.connect.stopContact(request, options));
  }

  @Mutation(() => payloads.TagTaskContactPayload, { description: 'Adds tags to a task; a contact has at most 6.' })
  @Directive('@cost(weight: 10)')
  @Calls({ calls: 1 })
  tagTaskContact(
    @Input(() => inputs.TagTaskContactInput) input: inputs.TagTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.TagTaskContactPayload> {
    return changeContact(context, input, (request, options) =>
      context.connect.tagContact({ ...request, tags: input.tags }, options),
    );
  }

  @Mutation(() => payloads.UntagTaskContactPayload, { description: 'Removes tags of a task.' })
  @Directive('@cost(weight: 10)')
  @Calls({ calls: 1 })
  untagTaskContact(
    @Input(() => inputs.UntagTaskContactInput) input: inputs.UntagTaskContactInput,
    @Ctx() context: GatewayContext,
  ): Promise<payloads.UntagTaskContactPayload> {
    return changeContact(context, input, (request, options) =>
      context.connect.untagContact({ ...request, keys: input.keys }, options),
    );
  }
}
