import { Args, Ctx, Resolver, Root, Subscription } from 'type-graphql';
import type { GatewayContext } from '../context.js';
import { ConnectContactChange, type StreamedChange } from './contact-change.type.js';
import { followContacts } from './follow-contacts.js';
import { ContactChangesArgs } from './live.inputs.js';

/** Resolves subscriptions to changes of contacts. */
@Resolver()
export class LiveResolver {
  @Subscription(() => ConnectContactChange, {
    description:
      'Each change of some contacts, in the order of their commit. A slow reader receives the newest change of each contact.',
    subscribe: ({ args, context }) => followContacts(context as GatewayContext, args as ContactChangesArgs) as never,
  })
  connectContactChanged(
    @Root() change: StreamedChange,
    @Args(() => ContactChangesArgs) _args: ContactChangesArgs,
    @Ctx() context: GatewayContext,
  ): ConnectContactChange {
    return new ConnectContactChange(context, change);
  }
}
