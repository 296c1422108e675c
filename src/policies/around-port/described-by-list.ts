import type { Answers, Page, PageRequest } from '../../connect/call.js';
import { MAX_CALLS_OF_NAMES } from '../../connect/catalog.js';
import type { Connect } from '../../connect/connect.js';
import { PAGE_SIZES } from '../../connect/limits.js';
import { withMethods } from '../../connect/methods.js';

interface Named {
  readonly id: string;
  readonly arn: string;
}

/**
 * Returns a port that reads many queues or users by their list. The API describes one with each call, but lists 1,000,
 * and a cached list then answers every page of contacts.
 *
 * Lists longer than {@link MAX_CALLS_OF_NAMES} pages are not read to their end: ids that are not found there are
 * described one by one.
 */
export function describedByList(port: Connect): Connect {
  return withMethods(port, {
    describeQueues({ instanceId, queueIds }, options) {
      return byList(
        queueIds,
        (page) => port.listQueues({ instanceId, maxResults: PAGE_SIZES.listQueues.max, ...page }, options),
        (ids) => port.describeQueues({ instanceId, queueIds: ids }, options),
      );
    },
    describeUsers({ instanceId, userIds }, options) {
      return byList(
        userIds,
        (page) => port.listUsers({ instanceId, maxResults: PAGE_SIZES.listUsers.max, ...page }, options),
        (ids) => port.describeUsers({ instanceId, userIds: ids }, options),
      );
    },
  });
}

/** Reads things by id or ARN: few by a call each, many by a list. */
async function byList<Thing extends Named>(
  ids: readonly string[],
  list: (page: PageRequest) => Promise<Page<Thing>>,
  describe: (ids: readonly string[]) => Promise<Answers<Thing>>,
): Promise<Answers<Thing>> {
  const missing = new Set(ids);
  if (missing.size <= MAX_CALLS_OF_NAMES) return describe(ids);
  const found = new Map<string, Answers<Thing>[number]>();
  let page: PageRequest | undefined = {};
  for (let calls = 0; page !== undefined && missing.size > 0 && calls < MAX_CALLS_OF_NAMES; calls++) {
    const { items, nextToken }: Page<Thing> = await list(page);
    for (const item of items) {
      for (const name of [item.id, item.arn]) if (missing.delete(name)) found.set(name, item);
    }
    page = nextToken === undefined ? undefined : { nextToken };
  }
  // A list that was read to its end has all that there are.
  const rest = page === undefined ? [] : [...missing];
  const answers = rest.length === 0 ? [] : await describe(rest);
  for (const [index, id] of rest.entries()) found.set(id, answers[index] ?? null);
  return ids.map((id) => found.get(id) ?? null);
}
