import { ListAssociatedContactsCommand } from '@aws-sdk/client-connect';
import type { Answers, CallOptions } from '../call.js';
import { type ContactChain, type ContactSummary, chainIdOf } from '../contact.js';
import type { ListAssociatedContactsRequest } from '../associated-contacts.js';
import { type ConnectFault, InternalServiceError } from '../errors.js';
import { PAGE_SIZES } from '../limits.js';
import type { Page } from '../page.js';
import { factsOf } from './call-facts.js';
import { given } from '../given.js';
import { orNull, type Service } from './service.js';
import { toContactSummary } from './to-contact.js';

/** Pages that one contact's chain may cost. A chain is short, but any number of contacts may be related to it. */
const MAX_PAGES = 5;

/** A page of ListAssociatedContacts. */
export async function listAssociatedContacts(
  service: Service,
  request: ListAssociatedContactsRequest,
  options?: CallOptions,
): Promise<Page<ContactSummary>> {
  const { instanceId, contactId, maxResults = PAGE_SIZES.listAssociatedContacts.most, nextToken } = request;
  const input = { InstanceId: instanceId, ContactId: contactId, MaxResults: maxResults, NextToken: nextToken };
  const { ContactSummaryList = [], NextToken } = await service.read(
    factsOf('ListAssociatedContacts', request),
    (client, how) => client.send(new ListAssociatedContactsCommand(input), how),
    options,
  );
  return {
    items: ContactSummaryList.map((told) => toContactSummary(instanceId, told)),
    ...given({ nextToken: NextToken || undefined }),
  };
}

/**
 * Reads the chain of each contact. All contacts that links of either kind join come with one listing, so that chains of
 * one tree share its pages; which ids belong together shows only then, therefore one tree is read after the other.
 */
export async function listChains(
  service: Service,
  instanceId: string,
  contactIds: readonly string[],
  options?: CallOptions,
): Promise<Answers<ContactChain>> {
  const chains = new Map<string, ContactChain | null | ConnectFault>();
  for (const id of contactIds) {
    if (chains.has(id)) continue;
    const answer = await orNull(id, () => readTree(service, instanceId, id, options));
    if (answer === null || answer instanceof Error) chains.set(id, answer);
    else for (const [member, chain] of byMember(instanceId, answer)) chains.set(member, chain);
    // The answer tells bare ids; an ARN that was asked by ends with one.
    if (!chains.has(id)) chains.set(id, chains.get(id.slice(id.lastIndexOf('/') + 1)) ?? null);
  }
  return contactIds.map((id) => chains.get(id) ?? null);
}

/** @throws InternalServiceError where there is more than may be read: part of a chain must not pass for all of it */
async function readTree(
  service: Service,
  instanceId: string,
  contactId: string,
  options?: CallOptions,
): Promise<readonly ContactSummary[]> {
  const contacts: ContactSummary[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const request = { instanceId, contactId, ...given({ nextToken }) };
    const answer = await listAssociatedContacts(service, request, options);
    contacts.push(...answer.items);
    nextToken = answer.nextToken;
    if (nextToken === undefined) return contacts;
  }
  throw new InternalServiceError({
    cause: new Error(`ListAssociatedContacts: more than ${MAX_PAGES} pages of contacts are joined to ${contactId}`),
  });
}

/** The chain of every contact in a tree. */
function byMember(instanceId: string, tree: readonly ContactSummary[]): Map<string, ContactChain> {
  const found = new Map<string, ContactChain>();
  for (const [id, members] of Map.groupBy(tree, chainIdOf)) {
    members.sort((a, b) => a.initiatedAt.getTime() - b.initiatedAt.getTime() || (a.id < b.id ? -1 : 1));
    const chain = { instanceId, id, members };
    for (const member of members) found.set(member.id, chain);
  }
  return found;
}
