import type { ListAssociatedContactsRequest } from '../associated-contacts.js';
import type { ContactSummary } from '../contact.js';
import { ResourceNotFoundError } from '../errors.js';
import type { Page } from '../page.js';
import { bareId } from './arn.js';
import type { InstanceReads } from './instance-reads.js';
import { type PageSize, readPage } from './read-page.js';
import type { ContactReadRow, Store } from './store/store.js';
import { toContact } from './to-contact.js';

/** Service model, MaxResults of ListAssociatedContacts: 1 to 100. What it gives where that is omitted is our decision. */
const PAGE_SIZE: PageSize = { most: 100, usual: 100 };

/**
 * A page of all contacts that links of either kind join to a contact, itself among them, by (initiatedAt, id).
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
  const id = bareId(contactId);
  const [known] = await reads.byIds('CONTACT', 'contactId', request.instanceId, [contactId], async (of, ids) => {
    return new Map((await store.contacts(of, ids)).map((row) => [row.id, row.associationId]));
  });
  if (known instanceof Error) throw known;
  if (known == null) throw new ResourceNotFoundError('CONTACT', contactId, 'contactId');
  const page = await readPage<ContactReadRow, readonly [initiatedAt: number, id: string]>(
    ['ListAssociatedContacts', instance.id, known],
    request,
    PAGE_SIZE,
    (after, limit) => store.associatedContacts(instance.id, id, after, limit),
    (row) => [row.initiatedAt, row.id],
  );
  return { ...page, items: page.items.map(toContact) };
}
