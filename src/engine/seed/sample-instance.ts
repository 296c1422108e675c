import type { QuickConnectType } from '../../connect/catalog.js';
import type { Content } from '../store/store.js';
import { type ContactFlowRow, NEW_CONTACT, type QuickConnectRow, type TaskTemplateRow } from '../store/tables.js';
import type { TaskTemplateField } from '../../connect/task-template.js';

/** The id of the sample instance that a new database holds. */
export const SAMPLE_INSTANCE_ID = '10000000-0000-4000-8000-000000000001';

const instanceId = SAMPLE_INSTANCE_ID;
const CONTACT_FLOW = '20000000-0000-4000-8000-000000000001';
const QUEUE = '60000000-0000-4000-8000-000000000001';
const AGENT = '70000000-0000-4000-8000-000000000001';
const VOICE_CONTACT = '50000000-0000-4000-8000-000000000001';

/**
 * Time from the start of the sample's voice contact to the creation of the database. It must be within any retention.
 */
const CALLED_BEFORE_MS = 60 * 60_000;

/** Returns the default ARN of an instance, in the region and account of AWS's own examples. */
export function defaultInstanceArn(id: string): string {
  return `arn:aws:connect:us-east-1:111122223333:instance/${id}`;
}

/**
 * Returns the content of a new database. It allows every flow source, every refusal and a chain to be tried at once.
 */
export function sampleInstance(now: number): Content {
  const calledAt = now - CALLED_BEFORE_MS;
  return {
    instances: [
      {
        id: instanceId,
        alias: 'sample',
        arn: defaultInstanceArn(instanceId),
        createdAt: now,
        openTasks: 0,
        lastInstant: 0,
        lastChange: 0,
        changesUntil: 0,
      },
    ],
    contactFlows: [
      flow('1', 'Sample inbound flow', 'CONTACT_FLOW'),
      flow('2', 'Sample queue transfer', 'QUEUE_TRANSFER'),
      flow('3', 'Sample agent transfer', 'AGENT_TRANSFER'),
      { ...flow('4', 'Sample archived flow', 'CONTACT_FLOW'), state: 'ARCHIVED' },
      { ...flow('5', 'Sample unpublished flow', 'CONTACT_FLOW'), status: 'SAVED' },
      flow('6', 'Sample customer queue flow', 'CUSTOMER_QUEUE'),
    ],
    queues: [
      { instanceId, id: QUEUE, name: 'Sample queue' },
      { instanceId, id: '60000000-0000-4000-8000-000000000002', name: 'Sample escalations' },
    ],
    users: [
      { instanceId, id: AGENT, username: 'sample.agent' },
      { instanceId, id: '70000000-0000-4000-8000-000000000002', username: 'sample.expert' },
      { instanceId, id: '70000000-0000-4000-8000-000000000003', username: 'sample.supervisor' },
    ],
    quickConnects: [
      {
        ...quickConnect('1', 'Sample queue', 'QUEUE'),
        contactFlowId: '20000000-0000-4000-8000-000000000002',
        queueId: QUEUE,
      },
      {
        ...quickConnect('2', 'Sample agent', 'USER'),
        contactFlowId: '20000000-0000-4000-8000-000000000003',
        userId: AGENT,
      },
      { ...quickConnect('3', 'Sample phone number', 'PHONE_NUMBER'), phoneNumber: '+12065550100' },
    ],
    taskTemplates: [
      template(now, '1', 'Sample template', CONTACT_FLOW, [NAME]),
      template(now, '2', 'Sample template without a flow', null, [NAME]),
      { ...template(now, '3', 'Sample inactive template', CONTACT_FLOW, [NAME]), status: 'INACTIVE' },
      template(now, '4', 'Sample template with required fields', CONTACT_FLOW, [
        NAME,
        field('Customer', 'TEXT', { required: true, description: 'Whom the task is about' }),
        field('Callback', 'URL', {}),
        field('Priority', 'SINGLE_SELECT', { defaultValue: 'Normal', options: ['Low', 'Normal', 'High'] }),
        field('Source', 'TEXT', { readOnly: true, defaultValue: 'web' }),
      ]),
    ],
    contacts: [
      {
        ...NEW_CONTACT,
        instanceId,
        id: VOICE_CONTACT,
        chainId: VOICE_CONTACT,
        associationId: VOICE_CONTACT,
        channel: 'VOICE',
        initiationMethod: 'INBOUND',
        contactFlowId: CONTACT_FLOW,
        initiatedAt: calledAt,
        endedAt: calledAt + 5 * 60_000,
        disconnectReason: 'CUSTOMER_DISCONNECT',
        updatedAt: calledAt + 5 * 60_000,
        queueId: QUEUE,
        enqueuedAt: calledAt + 10_000,
        agentId: AGENT,
        connectedAt: calledAt + 25_000,
      },
    ],
    chains: [
      {
        instanceId,
        id: VOICE_CONTACT,
        attributes: JSON.stringify([['customerId', 'C-1001']]),
        attributeBytes: 16,
        linkedTasks: 0,
      },
    ],
  };
}

const NAME = field('Name', 'NAME', { required: true });

function field(name: string, type: TaskTemplateField['type'], members: Partial<TaskTemplateField>): TaskTemplateField {
  return { name, type, required: false, readOnly: false, invisible: false, ...members };
}

function flow(last: string, name: string, type: string): ContactFlowRow {
  const id = `20000000-0000-4000-8000-00000000000${last}`;
  return { instanceId, id, name, type, state: 'ACTIVE', status: 'PUBLISHED', description: null };
}

function quickConnect(last: string, name: string, type: QuickConnectType): QuickConnectRow {
  const id = `30000000-0000-4000-8000-00000000000${last}`;
  const open = { description: null, contactFlowId: null, queueId: null, userId: null, phoneNumber: null };
  return { instanceId, id, name, type, ...open };
}

function template(
  now: number,
  last: string,
  name: string,
  contactFlowId: string | null,
  fields: readonly TaskTemplateField[],
): TaskTemplateRow {
  return {
    instanceId,
    id: `40000000-0000-4000-8000-00000000000${last}`,
    name,
    description: null,
    status: 'ACTIVE',
    contactFlowId,
    selfAssignFlowId: null,
    fields: JSON.stringify(fields),
    createdAt: now,
    updatedAt: now,
  };
}
