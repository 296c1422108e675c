import { NEEDED_ACTIONS, TASK_PLACEHOLDER } from './sample-ids.js';

const ALLOWED = 'query AllowedActions($ids: [ID!]!) { connectContacts(ids: $ids) { id allowedActions } }';

/**
 * Finds a task for an operation of the tour that changes one, so that the operation runs alone: the last task created here
 * that allows it, else a new sample task. An id that the user entered stays.
 *
 * @param {{ operationName?: string, variables?: { input?: { contactId?: string } } }} operation
 * @param {object} tools
 * @param {import('./known-contacts.js').KnownContacts} tools.known
 * @param {(operation: object) => Promise<object>} tools.send sends an operation and returns its result
 * @param {(name: string) => object} tools.ready returns an operation of the tour, ready to send
 * @returns {Promise<string | undefined>} the id of the task; undefined: the operation is sent as it is
 */
export async function taskFor({ operationName, variables }, { known, send, ready }) {
  const action = NEEDED_ACTIONS[operationName];
  const contactId = variables?.input?.contactId;
  if (!action || !(contactId === TASK_PLACEHOLDER || known.tasks.includes(contactId))) return undefined;
  const ids = [...new Set([...known.tasks.filter((id) => id === contactId), ...known.tasks])];
  return (await knownTask(action, ids, send)) ?? (await newTask(action, send, ready));
}

async function knownTask(action, ids, send) {
  if (ids.length === 0) return undefined;
  const { data } = await send({ query: ALLOWED, operationName: 'AllowedActions', variables: { ids } });
  return data?.connectContacts?.find((contact) => contact?.allowedActions?.includes(action))?.id;
}

/** Before a real instance this creates nothing, because the contact flow of the sample does not exist there. */
async function newTask(action, send, ready) {
  const { data } = await send(ready(action === 'RESCHEDULE' ? 'schedule-task' : 'create-with-contact-flow'));
  const id = data?.createTaskContact?.contact?.id;
  if (id && action === 'RESUME') await send({ ...ready('pause-task'), variables: { input: { contactId: id } } });
  return id;
}
