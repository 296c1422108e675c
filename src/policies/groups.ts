import type { RatedOperation } from '../connect/rates.js';

/**
 * A group of operations that fail together. Calls that hang in one group affect neither circuit nor bulkhead of
 * another.
 */
export type Group = 'CREATIONS' | 'CHANGES' | 'CONTACTS' | 'CATALOG';

const GROUPS: Readonly<Record<RatedOperation, Group>> = {
  StartTaskContact: 'CREATIONS',
  TransferContact: 'CREATIONS',
  CreateTaskTemplate: 'CREATIONS',
  UpdateContactAttributes: 'CHANGES',
  UpdateContact: 'CHANGES',
  UpdateContactSchedule: 'CHANGES',
  StopContact: 'CHANGES',
  PauseContact: 'CHANGES',
  ResumeContact: 'CHANGES',
  UpdateContactRoutingData: 'CHANGES',
  UpdateContactTaskTemplate: 'CHANGES',
  AssociateContactWithUser: 'CHANGES',
  TagContact: 'CHANGES',
  UntagContact: 'CHANGES',
  DescribeContact: 'CONTACTS',
  ListAssociatedContacts: 'CONTACTS',
  GetContactAttributes: 'CONTACTS',
  GetContactMetrics: 'CONTACTS',
  ListContactReferences: 'CONTACTS',
  GetAttachedFile: 'CONTACTS',
  SearchContacts: 'CONTACTS',
  ListContactFlows: 'CATALOG',
  DescribeContactFlow: 'CATALOG',
  ListQuickConnects: 'CATALOG',
  DescribeQuickConnect: 'CATALOG',
  ListTaskTemplates: 'CATALOG',
  GetTaskTemplate: 'CATALOG',
  ListQueues: 'CATALOG',
  DescribeQueue: 'CATALOG',
  ListUsers: 'CATALOG',
  DescribeUser: 'CATALOG',
  ListInstances: 'CATALOG',
  DescribeInstance: 'CATALOG',
};

/** Returns the group of an operation. */
export function groupOf(operation: RatedOperation): Group {
  return GROUPS[operation];
}
