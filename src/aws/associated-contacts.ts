import { ListAssociatedContactsCommand } from '@aws-sdk/client-connect';
import { bareId } from '../connect/arn.js';
import type { Answers, CallOptions, Page } from '../connect/call.js';
import type { ListAssociatedContactsRequest } from '../connect/contact-search.js';
import { chainIdOf, type ContactChain, type ContactSummary } from '../connect/contact.js';
import { TooLargeError } from '../connect/errors.js';
import { PAGE_SIZES } from '../connect/limits.js';
import { RATES } from '../connect/rates.js';
import { given } from '../util/given.js';
import { factsOf } from './call-facts.js';
import { orNull, type Service } from './service.js';
import { toContactSummary } from './to-contact.js';
import { inWideningWaves } from './widening-waves.js';

/**
 * Maximum number of pages read for one contact's chain. A chain is short, but any number of contacts may be related to
 * it.
 */
const MAX_PAGES = 5;

/** Reads a page of ListAssociatedContacts. */
export async function listAssociatedContacts(
  service: Service,
  request: ListAssociatedContactsRequest,
  options?: CallOptions,
): Promise<Page<ContactSummary>> {
  const { instanceId, contactId, maxResults = PAGE_SIZES.listAssociatedContacts.max, nextToken } = request;
  const input = { InstanceId: instanceId, ContactId: contactId, MaxResults: maxResults, NextToken: nextToken };
  const { ContactSummaryList = [], NextToken } = await service.read(
    factsOf('ListAssociatedContacts', request),
    (client, how) => client.send(new ListAssociatedContactsCommand(input), how),
    options,
  );
  return {
    items: ContactSummaryList.map((summary) => toContactSummary(instanceId, summary)),
    ...given({ nextToken: NextToken || undefined }),
  };
}

/**
 * Reads the chain of each contact. One listing returns all contacts that links of either kind connect, so chains of one
 * tree share its pages. Only the answers show which ids belong together. Separate trees are listed concurrently, up to
 * the default burst of ListAssociatedContacts, 5.
 */
export async function listChains(
  service: Service,
  instanceId: string,
  contactIds: readonly string[],
  options?: CallOptions,
): Promise<Answers<ContactChain>> {
  const chains = await inWideningWaves<Answers<ContactChain>[number]>(
    contactIds,
    RATES.ListAssociatedContacts.burst,
    async (id) => {
      const tree = await orNull(id, () => readTree(service, instanceId, id, options));
      if (tree === null || tree instanceof Error) return { answers: new Map([[id, tree]]), failed: tree !== null };
      const answers = byMember(instanceId, tree);
      // The answer contains bare ids; a requested ARN ends with one.
      const own = answers.get(id) ?? answers.get(bareId(id)) ?? null;
      return { answers: new Map([...answers, [id, own]]), failed: false };
    },
  );
  return contactIds.map((id) => chains.get(id) ?? null);
}

/** @throws TooLargeError if there are more pages, because a part of a chain must not be returned as the whole */
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
  throw TooLargeError.ofChain(MAX_PAGES * PAGE_SIZES.listAssociatedContacts.max);
}

/** Returns the chain of every contact in a tree. */
function byMember(instanceId: string, tree: readonly ContactSummary[]): Map<string, ContactChain> {
  const found = new Map<string, ContactChain>();
  for (const [id, members] of Map.groupBy(tree, chainIdOf)) {
    members.sort((a, b) => a.initiatedAt.getTime() - b.initiatedAt.getTime() || (a.id < b.id ? -1 : 1));
    const chain = { instanceId, id, members };
    for (const member of members) found.set(member.id, chain);
  }
  return found;
}
