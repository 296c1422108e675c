import type { Channel } from '../../src/connect/contact.js';
import type { Content } from '../../src/engine/store/store.js';
import { NEW_CONTACT } from '../../src/engine/store/tables.js';
import type { TaskTemplateField } from '../../src/connect/task-template.js';
import { NOW, SAMPLE } from './engine.js';

type Row<Name extends keyof Content> = Content[Name][number];

const { instanceId } = SAMPLE;

/** An instance beside the sample one. */
export const OTHER_INSTANCE = {
  id: '10000000-0000-4000-8000-000000000002',
  arn: 'arn:aws:connect:us-east-1:111122223333:instance/10000000-0000-4000-8000-000000000002',
} as const;

export function otherInstance(): Row<'instances'> {
  return {
    ...OTHER_INSTANCE,
    alias: 'other',
    createdAt: NOW,
    openTasks: 0,
    lastInstant: 0,
    lastChange: 0,
    changesUntil: 0,
  };
}

export function contactFlow(id: string, given: Partial<Row<'contactFlows'>> = {}): Row<'contactFlows'> {
  return {
    instanceId,
    id,
    name: id,
    type: 'CONTACT_FLOW',
    state: 'ACTIVE',
    status: 'PUBLISHED',
    description: null,
    ...given,
  };
}

export function quickConnect(id: string, given: Partial<Row<'quickConnects'>>): Row<'quickConnects'> {
  const open = { description: null, contactFlowId: null, queueId: null, userId: null, phoneNumber: null };
  return { instanceId, id, name: id, type: 'QUEUE', ...open, ...given };
}

export function taskTemplate(
  id: string,
  fields: readonly TaskTemplateField[],
  contactFlowId: string | null = SAMPLE.contactFlow,
): Row<'taskTemplates'> {
  const texts = { name: id, description: null, status: 'ACTIVE' } as const;
  return {
    instanceId,
    id,
    ...texts,
    contactFlowId,
    selfAssignFlowId: null,
    fields: JSON.stringify(fields),
    createdAt: NOW,
    updatedAt: NOW,
  };
}

export function field(
  name: string,
  type: TaskTemplateField['type'],
  given: Partial<TaskTemplateField> = {},
): TaskTemplateField {
  return { name, type, required: false, readOnly: false, invisible: false, ...given };
}

/** A contact that is a chain of its own, as another channel would bring it. */
export function contactOf(channel: Channel, id: string): Pick<Content, 'contacts' | 'chains'> {
  return {
    contacts: [
      {
        ...NEW_CONTACT,
        instanceId,
        id,
        chainId: id,
        associationId: id,
        channel,
        initiationMethod: 'INBOUND',
        contactFlowId: SAMPLE.contactFlow,
        initiatedAt: NOW - 1000,
        updatedAt: NOW - 1000,
      },
    ],
    chains: [{ instanceId, id, attributes: '[]', attributeBytes: 0, linkedTasks: 0 }],
  };
}
