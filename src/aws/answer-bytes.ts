import type { RatedOperation } from '../connect/rates.js';

const MIB = 1024 ** 2;

/** Bytes of an answer about one thing, maximum. The largest of a contact, its attributes of 32 KiB, stays far below. */
const OF_ONE = MIB;

/**
 * Bytes of an answer that lists things, maximum, and of a task template with 50 fields of 50 options and 4,096 characters
 * each (service model). 1,000 flows with their names and tags take some 3 MiB.
 */
const OF_MANY = 8 * MIB;

const MANY: ReadonlySet<RatedOperation> = new Set<RatedOperation>([
  'SearchContacts',
  'ListAssociatedContacts',
  'ListContactFlows',
  'ListQuickConnects',
  'ListTaskTemplates',
  'GetTaskTemplate',
]);

/** Returns how many bytes an answer may have. A service that sends more must not fill the memory. */
export function answerBytes(operation: RatedOperation): number {
  return MANY.has(operation) ? OF_MANY : OF_ONE;
}
