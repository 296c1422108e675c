import type { RatedOperation } from '../connect/rates.js';

const MIB = 1024 ** 2;

/**
 * Maximum size of an answer about one thing, in bytes. The largest, a contact's 32 KiB of attributes, is far smaller.
 */
const OF_ONE = MIB;

/**
 * Maximum size of an answer that lists things, in bytes. It also covers a task template with 50 fields of 50 options
 * and 4,096 characters each (service model), and 1,000 flows with their names and tags, which take about 3 MiB.
 */
const OF_MANY = 8 * MIB;

const MANY: ReadonlySet<RatedOperation> = new Set<RatedOperation>([
  'SearchContacts',
  'ListAssociatedContacts',
  'ListContactFlows',
  'ListQuickConnects',
  'ListTaskTemplates',
  'ListQueues',
  'ListUsers',
  'GetTaskTemplate',
]);

/** Returns the maximum size of an answer, in bytes. A service that sends more must not fill the memory. */
export function answerBytes(operation: RatedOperation): number {
  return MANY.has(operation) ? OF_MANY : OF_ONE;
}
