/** Tasks that are kept, the last created first: enough to find one that is not stopped or paused yet. */
const MAX_TASKS = 20;

/**
 * @typedef {object} KnownContacts contacts that this page created
 * @property {string[]} tasks ids, the last created first
 * @property {string | null} chain a contact of the chain that was continued last
 */

/** @type {KnownContacts} */
export const NOTHING_KNOWN = { tasks: [], chain: null };

/**
 * Adds what a result created.
 *
 * @param {KnownContacts} known
 * @param {{ data?: object | null }} result
 * @returns {KnownContacts} the same object if the result created nothing
 */
export function withCreated(known, result) {
  const contact = result?.data?.createTaskContact?.contact ?? result?.data?.transferTaskContact?.contact;
  if (typeof contact?.id !== 'string') return known;
  const tasks = [contact.id, ...known.tasks.filter((id) => id !== contact.id)].slice(0, MAX_TASKS);
  return { tasks, chain: contact.previousContact ? contact.id : known.chain };
}
