import type { Attribute } from '../../connect/contact.js';
import type { ConnectFault } from '../../connect/errors.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { Path, Violation } from '../../connect/violation.js';
import { checkMembers } from '../../validation/requests/start-task-contact.js';
import { attributeBytes } from '../../validation/rules/attributes.js';
import type { WorkingSet } from '../commit/working-set.js';
import { writeAttributes } from '../decide/attributes.js';
import { type Control, controlContact, type ControlRequest } from '../decide/control-contact.js';
import type { Decision } from '../decide/operation.js';
import { startTaskContact } from '../decide/start-task-contact.js';
import type { Change, Quotas } from '../decide/state.js';
import { NEW_CONTACT } from '../store/tables.js';
import type { Seed, SeedContact, SeedProblem, SeedState } from './seed.js';

/**
 * Adds the new contacts of a seed, in their order. A link names an earlier contact of the seed, or one of the database.
 * Tasks are decided as requests of StartTaskContact and of the controls, because all their rules apply.
 *
 * @returns the refusals with their places
 */
export function addContacts({ instances }: Seed, state: WorkingSet, quotas: Quotas): readonly SeedProblem[] {
  return instances.flatMap(({ id: instanceId, contacts }, index) =>
    contacts.flatMap((contact, at) => {
      if (state.contact({ instanceId, id: contact.id }) !== undefined) return [];
      const path = ['instances', index, 'contacts', at];
      return contact.channel === 'TASK'
        ? addTask(state, quotas, instanceId, contact, path)
        : addOther(state, instanceId, contact, path);
    }),
  );
}

/** The controls that bring a new task into the state of a seed. */
const STEPS: Readonly<Record<SeedState, readonly Control[]>> = {
  INITIATED: [],
  QUEUED: ['enqueue'],
  CONNECTED: ['connect'],
  AFTER_CONTACT_WORK: ['connect', 'complete'],
  COMPLETED: ['connect', 'complete'],
};

function addTask(
  state: WorkingSet,
  quotas: Quotas,
  instanceId: string,
  contact: SeedContact,
  path: Path,
): readonly SeedProblem[] {
  const request = requestOf(instanceId, contact, state.now);
  const violations = startTaskContact.check(request);
  if (violations.length > 0) return problemsIn(violations, contact, path);
  const { id, state: wanted = 'INITIATED', queueId, userId } = contact;
  const circumstances = { state, quotas, newId: id };
  const control = (step: Control) => {
    const base: ControlRequest = { instanceId, contactId: id, afterContactWork: wanted === 'AFTER_CONTACT_WORK' };
    const assignment = { ...(queueId !== undefined && { queueId }), ...(userId !== undefined && { userId }) };
    return controlContact(step).decide(circumstances, { ...base, ...assignment });
  };
  // A task with a queue passes it on its way to an agent.
  const steps: readonly Control[] =
    queueId !== undefined && wanted !== 'QUEUED' && wanted !== 'INITIATED'
      ? ['enqueue', ...STEPS[wanted]]
      : STEPS[wanted];
  const decisions: readonly (() => Decision<unknown>)[] = [
    () => startTaskContact.decide(circumstances, request),
    ...steps.map((step) => () => control(step)),
  ];
  for (const decide of decisions) {
    const decision = decide();
    if ('refusal' in decision) return problemsOf(decision.refusal, contact, path);
    state.apply(decision.changes);
  }
  return [];
}

/** Members that a seed's task shares with a request. */
const SHARED = [
  'description',
  'contactFlowId',
  'quickConnectId',
  'taskTemplateId',
  'previousContactId',
  'relatedContactId',
  'references',
  'expiryMinutes',
] as const satisfies readonly (keyof SeedContact & keyof StartTaskContactRequest)[];

function requestOf(instanceId: string, contact: SeedContact, now: number): StartTaskContactRequest {
  const { name = '', attributes, scheduledInMinutes } = contact;
  const shared = SHARED.flatMap((member) =>
    contact[member] === undefined ? [] : [[member, contact[member]] as const],
  );
  return {
    instanceId,
    name,
    ...Object.fromEntries(shared),
    attributes: listOf(attributes),
    ...(scheduledInMinutes !== undefined && { scheduledTime: new Date(now + scheduledInMinutes * 60_000) }),
  };
}

function addOther(state: WorkingSet, instanceId: string, contact: SeedContact, path: Path): readonly SeedProblem[] {
  const { contactFlowId, queueId, userId } = contact;
  const attributes = listOf(contact.attributes);
  const problems = [...problemsIn(checkMembers({ instanceId, name: '', attributes }), contact, path)];
  const look = (member: string, id: string | undefined, found: unknown) => {
    if (id === undefined || found !== undefined) return;
    problems.push({
      path: [...path, member],
      message: `Neither the seed nor the database has ${id} in this instance.`,
    });
  };
  const key = (id = '') => ({ instanceId, id });
  look('contactFlowId', contactFlowId, state.contactFlow(key(contactFlowId)));
  look('queueId', queueId, state.queue(key(queueId)));
  look('userId', userId, state.user(key(userId)));
  if (problems.length === 0) state.apply(changesOf(instanceId, contact, attributes));
  return problems;
}

/** Returns the changes that add a contact of another channel, as a chain of its own. */
function changesOf(instanceId: string, contact: SeedContact, attributes: readonly Attribute[]): readonly Change[] {
  const { id, channel, contactFlowId = null, queueId = null, userId = null } = contact;
  const initiatedAt = Date.parse(contact.initiatedAt ?? '');
  const endedAt = contact.endedAt === undefined ? null : Date.parse(contact.endedAt);
  const row = {
    ...NEW_CONTACT,
    instanceId,
    id,
    chainId: id,
    associationId: id,
    channel,
    initiationMethod: 'INBOUND',
    name: contact.name ?? null,
    description: contact.description ?? null,
    contactFlowId,
    initiatedAt,
    endedAt,
    disconnectReason: endedAt === null ? null : 'CUSTOMER_DISCONNECT',
    updatedAt: endedAt ?? initiatedAt,
    queueId,
    enqueuedAt: queueId === null ? null : initiatedAt,
    agentId: userId,
    connectedAt: userId === null ? null : initiatedAt,
  };
  const chain = {
    instanceId,
    id,
    attributes: writeAttributes(attributes),
    attributeBytes: attributeBytes(attributes),
    linkedTasks: 0,
  };
  return [
    { kind: 'contact-changed', contact: row },
    { kind: 'chain-changed', chain },
  ];
}

function listOf(attributes: Readonly<Record<string, string>>): readonly Attribute[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value }));
}

function problemsOf(fault: ConnectFault, contact: SeedContact, path: Path): readonly SeedProblem[] {
  if ('violations' in fault) return problemsIn(fault.violations, contact, path);
  return [{ path: 'member' in fault ? [...path, fault.member] : path, message: fault.message }];
}

/** Converts violations of a request to problems of the seed's contact. */
function problemsIn(violations: readonly Violation[], { attributes }: SeedContact, path: Path): readonly SeedProblem[] {
  return violations.map(({ path: [member, index, ...rest], message }) => {
    const steps = [member, index, ...rest].filter((step) => step !== undefined);
    // Attributes are a map in a seed, and a list in a request.
    const key = member === 'attributes' && index !== undefined ? Object.keys(attributes)[Number(index)] : undefined;
    return { path: [...path, ...(key === undefined ? steps : ['attributes', key])], message };
  });
}
