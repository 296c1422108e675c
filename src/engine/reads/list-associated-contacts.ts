import type { ListAssociatedContactsRequest } from '../../connect/contact-search.js';
import type { ContactSummary } from '../../connect/contact.js';
import { ResourceNotFoundError } from '../../connect/errors.js';
import { PAGE_SIZES } from '../../connect/limits.js';
import type { Page } from '../../connect/call.js';
import type { InstanceReads } from './instance-reads.js';
import { readPage } from './read-page.js';
import type { ContactReadRow, Store } from '../store/store.js';
import { toContact } from '../decide/to-contact.js';

/**
 * Lists the contacts that links of either kind connect to a contact, itself included, by (initiatedAt, id).
 *
 * @throws ResourceNotFoundError, InvalidParameterError
 */
export async function listAssociatedContacts(
  store: Store,
  reads: InstanceReads,
  request: ListAssociatedContactsRequest,
): Promise<Page<ContactSummary>> {
  const { contactId } = request;
  const instance = await reads.instance(request.instanceId);
  const [association] = await reads.byIds('CONTACT', 'contactId', request.instanceId, [contactId], async (of, ids) => {
    return new Map((await store.contacts(of, ids)).map((row) => [row.id, row.associationId]));
  });
  if (association instanceof Error) throw association;
  if (association == null) throw new ResourceNotFoundError('CONTACT', contactId, 'contactId');
  const page = await readPage<ContactReadRow, readonly [initiatedAt: number, id: string]>(
    ['ListAssociatedContacts', instance.id, association],
    request,
    PAGE_SIZES.listAssociatedContacts,
    (after, limit) => store.associatedContacts(instance.id, association, after, limit),
    (row) => [row.initiatedAt, row.id],
  );
  return { ...page, items: page.items.map(toContact) };
}
