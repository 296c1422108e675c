/** Stands in sample variables for the id of a task. */
export const TASK_PLACEHOLDER = 'the id of a task';

/** The ended voice contact of the sample instance, with which queries of contacts are written. */
const SAMPLE_CONTACT = '50000000-0000-4000-8000-000000000001';

/** What a task must allow for an operation, by the operation's name. STOP stands for any open task. */
export const NEEDED_ACTIONS = {
  UpdateTask: 'UPDATE',
  RescheduleTask: 'RESCHEDULE',
  PauseTask: 'PAUSE',
  ResumeTask: 'RESUME',
  TransferTask: 'TRANSFER',
  TagTask: 'STOP',
  UntagTask: 'STOP',
  StopTask: 'STOP',
};

const OF_TASK = ['ContactById', 'TaskPage'];
const OF_CHAIN = ['ContactChain', 'FollowChain', 'UpdateSharedAttributes'];

/**
 * Fills the last created task or chain into the variables of an operation of the tour.
 *
 * @param {{ title: string, variables: string }} operation
 * @param {import('./known-contacts.js').KnownContacts} known
 * @returns {string} the variables; unchanged if none was created yet
 */
export function withKnownIds({ title, variables }, { tasks: [task], chain }) {
  if (task && title in NEEDED_ACTIONS) return variables.replaceAll(TASK_PLACEHOLDER, task);
  if (task && OF_TASK.includes(title)) return variables.replaceAll(SAMPLE_CONTACT, task);
  if (chain && OF_CHAIN.includes(title)) return variables.replaceAll(SAMPLE_CONTACT, chain);
  return variables;
}
