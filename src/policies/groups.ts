import type { RatedOperation } from '../connect/rates.js';

/** Operations that fail together: what hangs in one group takes neither circuit nor room from another. */
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
  TagContact: 'CHANGES',
  UntagContact: 'CHANGES',
  DescribeContact: 'CONTACTS',
  ListAssociatedContacts: 'CONTACTS',
  GetContactAttributes: 'CONTACTS',
  ListContactReferences: 'CONTACTS',
  SearchContacts: 'CONTACTS',
  ListContactFlows: 'CATALOG',
  DescribeContactFlow: 'CATALOG',
  ListQuickConnects: 'CATALOG',
  DescribeQuickConnect: 'CATALOG',
  ListTaskTemplates: 'CATALOG',
  GetTaskTemplate: 'CATALOG',
  ListInstances: 'CATALOG',
  DescribeInstance: 'CATALOG',
};

/** The group of an operation. */
export function groupOf(operation: RatedOperation): Group {
  return GROUPS[operation];
}
