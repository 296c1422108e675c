import { Arg, type ClassType } from 'type-graphql';
import type { CallOptions } from '../../connect/connect.js';
import type { ContactRequest } from '../../connect/lifecycle.js';
import { ConnectContact } from '../contact/contact.type.js';
import type { GatewayContext } from '../context.js';
import type { ConnectError } from '../errors/error.types.js';
import type { MutationCalls } from '../loading/reads.js';
import { change } from '../mutation/change.js';

/** An input with the ids of one contact. */
interface ContactInput {
  readonly scheduledTime?: Date | null;
  readonly contactId: string;
  readonly instanceId?: string | null;
}

/** A refusal may be about the contact's state or the number of its transfers; a read shows which. */
export const STATE_WHEN_REFUSED: MutationCalls = { calls: 1, whenRefused: 1 };

/** The description of an input argument. */
export function Input(type: () => ClassType): ParameterDecorator {
  return Arg('input', type, { description: 'The contact and the change.' }) as ParameterDecorator;
}

/**
 * Runs a change that returns no value: the payload refers to the contact, which is read if selected.
 *
 * @param groups the nested input object of a member of the port's request. Default: none has one
 */
export async function changeContact(
  context: GatewayContext,
  input: ContactInput,
  call: (request: ContactRequest, options: CallOptions) => Promise<void>,
  groups: Readonly<Record<string, string>> = {},
): Promise<{ readonly contact: ConnectContact | null; readonly errors: readonly ConnectError[] }> {
  const { contactId } = input;
  const changed = await change(context, {
    instanceId: input.instanceId,
    violations: context.validation.validateSchedulable(input, ['input']),
    groups,
    async call(instanceId, options) {
      await call({ instanceId, contactId }, options);
      return new ConnectContact(context, instanceId, contactId);
    },
  });
  return { contact: changed.result ?? null, errors: changed.errors };
}
