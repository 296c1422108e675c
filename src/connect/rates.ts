/**
 * The rate at which an account may call an operation in one region. Source: Amazon Connect administrator guide, service
 * quotas, API throttling quotas: 2 calls per second with a burst of 5, except for a few operations.
 */
export interface Rate {
  /** Sustained calls per second. */
  readonly perSecond: number;
  /** Maximum number of calls at once, after a pause. */
  readonly burst: number;
}

const SEARCH: Rate = { perSecond: 0.5, burst: 1 };
const DEFAULT: Rate = { perSecond: 2, burst: 5 };
const OF_ONE_CONTACT: Rate = { perSecond: 10, burst: 15 };
const FREQUENT: Rate = { perSecond: 20, burst: 25 };

/** The default rate of each operation of the port. */
export const RATES = {
  StartTaskContact: DEFAULT,
  DescribeContact: OF_ONE_CONTACT,
  ListAssociatedContacts: DEFAULT,
  GetContactAttributes: OF_ONE_CONTACT,
  UpdateContactAttributes: OF_ONE_CONTACT,
  UpdateContact: OF_ONE_CONTACT,
  UpdateContactSchedule: DEFAULT,
  StopContact: OF_ONE_CONTACT,
  TransferContact: DEFAULT,
  PauseContact: DEFAULT,
  ResumeContact: DEFAULT,
  UpdateContactRoutingData: FREQUENT,
  UpdateContactTaskTemplate: DEFAULT,
  AssociateContactWithUser: DEFAULT,
  TagContact: FREQUENT,
  UntagContact: FREQUENT,
  GetContactMetrics: DEFAULT,
  ListContactReferences: OF_ONE_CONTACT,
  GetAttachedFile: DEFAULT,
  SearchContacts: SEARCH,
  ListContactFlows: DEFAULT,
  DescribeContactFlow: DEFAULT,
  ListQuickConnects: DEFAULT,
  DescribeQuickConnect: DEFAULT,
  ListTaskTemplates: DEFAULT,
  GetTaskTemplate: DEFAULT,
  CreateTaskTemplate: DEFAULT,
  ListQueues: DEFAULT,
  DescribeQueue: DEFAULT,
  ListUsers: DEFAULT,
  DescribeUser: DEFAULT,
  ListInstances: DEFAULT,
  DescribeInstance: DEFAULT,
} as const satisfies Readonly<Record<string, Rate>>;

/** The API's name of an operation that has a rate. */
export type RatedOperation = keyof typeof RATES;
