import type { AnyOperation } from './operation.js';
import { getContactAttributes, updateContactAttributes } from './operations/attributes.js';
import { describeContactFlow, listContactFlows } from './operations/contact-flows.js';
import {
  describeContact,
  tagContact,
  untagContact,
  updateContact,
  updateContactSchedule,
} from './operations/contact.js';
import { createTaskTemplate } from './operations/create-task-template.js';
import { getContactMetrics } from './operations/get-contact-metrics.js';
import { getAttachedFile } from './operations/get-attached-file.js';
import { describeInstance, listInstances } from './operations/instances.js';
import { listAssociatedContacts } from './operations/list-associated-contacts.js';
import { listContactReferences } from './operations/list-contact-references.js';
import { describeQueue, listQueues } from './operations/queues.js';
import { describeQuickConnect, listQuickConnects } from './operations/quick-connects.js';
import { associateContactWithUser, updateContactRoutingData, updateContactTaskTemplate } from './operations/route.js';
import { searchContacts } from './operations/search-contacts.js';
import { startTaskContact } from './operations/start-task-contact.js';
import { pauseContact, resumeContact, stopContact, transferContact } from './operations/steer.js';
import { getTaskTemplate, listTaskTemplates } from './operations/task-templates.js';
import { describeUser, listUsers } from './operations/users.js';

/** The operations that the AWS API server provides. */
export const OPERATIONS: readonly AnyOperation[] = [
  startTaskContact,
  describeContact,
  getContactAttributes,
  updateContactAttributes,
  updateContact,
  updateContactSchedule,
  stopContact,
  transferContact,
  pauseContact,
  resumeContact,
  updateContactRoutingData,
  updateContactTaskTemplate,
  associateContactWithUser,
  tagContact,
  untagContact,
  getContactMetrics,
  listContactReferences,
  getAttachedFile,
  searchContacts,
  listAssociatedContacts,
  listContactFlows,
  describeContactFlow,
  listQuickConnects,
  describeQuickConnect,
  listTaskTemplates,
  getTaskTemplate,
  createTaskTemplate,
  listQueues,
  describeQueue,
  listUsers,
  describeUser,
  listInstances,
  describeInstance,
];
