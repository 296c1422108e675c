import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { KnownOfContact } from '../contact/contact.type.js';

/** What a request states of the contact that it creates, so that telling that takes no read. */
export function statedBy(request: StartTaskContactRequest, replayed: boolean | undefined): KnownOfContact {
  const { name, description, references, scheduledTime, previousContactId, relatedContactId } = request;
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
  return known as KnownOfContact;
}
