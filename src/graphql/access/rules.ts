import { ConnectContact } from '../contact/contact.type.js';
import type { Scope } from '../identity.js';
import { readsOf } from '../loading/reads.js';

/** The access rule of a field. */
export interface Rule {
  /** Sets of scopes; the caller needs all scopes of one set. Empty: none. */
  readonly scopes: readonly (readonly Scope[])[];
  /** Whether a value that the creating request states needs the scope for creations only. */
  readonly orStated?: true;
  /** Declared to routers as @authenticated if no scope is needed. */
  readonly authenticated?: true;
}

/** Readable with the object, because only guarded fields lead to it. */
const HELD: Rule = { scopes: [] };
/** Needs an authenticated caller and no scope: ids of an entity, which a reference states, and outcomes of changes. */
const KNOWN_CALLER: Rule = { scopes: [], authenticated: true };
const READ: Rule = { scopes: [['tasks:read']] };
/** Served by createTaskContact from its own request, so a caller that may only create learns nothing new. */
const READ_OR_STATED: Rule = { scopes: [['tasks:read'], ['tasks:create']], orStated: true };
const CREATE: Rule = { scopes: [['tasks:create']] };
const CREATE_JOBS: Rule = { scopes: [['jobs:create']] };
/** The resolvers show a caller its own jobs, and all of them with jobs:admin. */
const READ_JOBS: Rule = { scopes: [['jobs:read'], ['jobs:admin']] };
const WRITE: Rule = { scopes: [['tasks:write']] };

type Fields = Readonly<Record<string, Rule>>;

/** Gives one rule to several fields, separated by spaces. */
function all(rule: Rule, names: string): Fields {
  return Object.fromEntries(names.split(' ').map((name) => [name, rule]));
}

/** The fields of a contact that its creation states. */
const STATED: Fields = Object.fromEntries(
  [...readsOf(ConnectContact)]
    .filter(([, { reportedBy }]) => reportedBy.includes('StartTaskContact'))
    .map(([field]) => [field, READ_OR_STATED]),
);

/**
 * The access rule of each field of the schema. The gateway enforces this table; schema/subgraph.secured.graphql declares it to
 * routers. The schema cannot be built while a field has no rule.
 *
 * Decision: a payload shows the outcome of the change and the contact's ids to a caller that may make the change. Other fields
 * of the contact need tasks:read, because a change must not be a way to read. Without that scope these fields alone are null,
 * because the change was made and must not look like a failure. The reason of a refusal, including the contact's state, is
 * shown to a caller that may request the change.
 */
export const RULES: Readonly<Record<string, Fields>> = {
  Query: {
    ...all(
      READ,
      'connectContact connectContacts connectContactChain searchConnectContacts connectContactFlows connectQuickConnects connectTaskTemplates connectTaskTemplate connectQueues connectUsers _entities',
    ),
    ...all(READ_JOBS, 'connectTaskJob connectTaskJobs'),
  },
  Mutation: {
    ...all(CREATE, 'createTaskContact'),
    ...all(CREATE_JOBS, 'createTaskContacts addTaskContactsToJob controlConnectTaskJob'),
    ...all(
      WRITE,
      'updateTaskContact updateConnectSharedAttributes rescheduleTaskContact pauseTaskContact resumeTaskContact transferTaskContact stopTaskContact assignTaskContact updateTaskContactRouting changeTaskContactTemplate tagTaskContact untagTaskContact',
    ),
  },

  Subscription: { ...all(READ, 'connectContactChanged'), ...all(READ_JOBS, 'connectTaskJobChanged') },

  ConnectContact: {
    ...all(KNOWN_CALLER, 'id instanceId'),
    ...STATED,
    ...all(
      READ,
      'arn state allowedActions initiatedAt expiresAt endedAt updatedAt disconnectReason queue enqueuedAt agent connectedToAgentAt afterContactWorkStartedAt afterContactWorkEndedAt tags attachments attributes chain pauseCount pausedAt resumedAt queuePriority queueTimeAdjustmentSeconds queuePosition estimatedWaitSeconds customerEndpoint',
    ),
  },
  ConnectContactChain: {
    ...all(KNOWN_CALLER, 'id instanceId'),
    ...all(
      READ,
      'initialContact latestContact contacts linkedTaskCount linkedTaskLimit remaining sharedAttributes attributeBytes attributeBytesLimit',
    ),
  },
  ConnectContactFlow: { ...all(KNOWN_CALLER, 'id instanceId'), ...all(READ, 'arn name type state canStartTask') },
  ConnectQuickConnect: { ...all(KNOWN_CALLER, 'id instanceId'), ...all(READ, 'arn name type canStartTask') },
  ConnectTaskTemplate: {
    ...all(KNOWN_CALLER, 'id instanceId'),
    ...all(READ, 'arn name description status contactFlow fields'),
  },
  ConnectQueue: { ...all(KNOWN_CALLER, 'id instanceId'), ...all(READ, 'arn name type') },
  ConnectUser: { ...all(KNOWN_CALLER, 'id instanceId'), ...all(READ, 'arn username') },

  // The facts of a job are what its caller stated and counts; its items may be read as a whole with jobs:read.
  ConnectTaskJob: {
    ...all(
      KNOWN_CALLER,
      'id instanceId name state pauseReason createdAt endedAt total waiting created failed cancelled estimatedEndAt',
    ),
    ...all(READ_JOBS, 'items'),
  },
  ConnectTaskJobItem: all(HELD, 'key state contact errors attempts'),
  ConnectTaskJobItemConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectTaskJobItemEdge: all(HELD, 'cursor node'),
  ConnectTaskJobConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectTaskJobEdge: all(HELD, 'cursor node'),

  CreateTaskContactsPayload: all(KNOWN_CALLER, 'job replayed errors'),
  AddTaskContactsToJobPayload: all(KNOWN_CALLER, 'job errors'),
  ControlConnectTaskJobPayload: all(KNOWN_CALLER, 'job errors'),
  CreateTaskContactPayload: all(KNOWN_CALLER, 'contact replayed errors'),
  TransferTaskContactPayload: all(KNOWN_CALLER, 'contact replayed errors'),
  UpdateTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  RescheduleTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  PauseTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  ResumeTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  StopTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  AssignTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  ChangeTaskContactTemplatePayload: all(KNOWN_CALLER, 'contact errors'),
  UpdateTaskContactRoutingPayload: all(KNOWN_CALLER, 'contact errors'),
  TagTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  UntagTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  // The chain of a contact must be read.
  UpdateConnectSharedAttributesPayload: { ...all(READ, 'chain'), ...all(KNOWN_CALLER, 'errors') },

  ConnectAttribute: all(HELD, 'key value'),
  ConnectTag: all(HELD, 'key value'),
  ConnectAttachment: all(HELD, 'name status fileId downloadUrl'),
  ConnectEndpoint: all(HELD, 'type address'),
  ConnectReference: all(HELD, 'name type value'),
  ConnectTaskTemplateField: all(HELD, 'name type description required readOnly invisible defaultValue options'),
  ConnectContactConnection: all(HELD, 'edges nodes pageInfo totalCount'),
  ConnectContactEdge: all(HELD, 'cursor node'),
  ConnectContactFlowConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectContactFlowEdge: all(HELD, 'cursor node'),
  ConnectQuickConnectConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectQuickConnectEdge: all(HELD, 'cursor node'),
  ConnectTaskTemplateConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectTaskTemplateEdge: all(HELD, 'cursor node'),
  ConnectQueueConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectQueueEdge: all(HELD, 'cursor node'),
  ConnectUserConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectUserEdge: all(HELD, 'cursor node'),
  ConnectContactChange: all(HELD, 'kind contact occurredAt cursor'),
  PageInfo: all(HELD, 'hasNextPage hasPreviousPage startCursor endCursor'),

  ConnectError: all(HELD, 'code message path'),
  ConnectInvalidInputError: all(HELD, 'code message path rule templateField expected actual'),
  ConnectNotFoundError: all(HELD, 'code message path resource id'),
  ConnectQuotaExceededError: all(HELD, 'code message path quota limit'),
  ConnectThrottledError: all(HELD, 'code message path retryAfterMs'),
  ConnectConflictError: all(HELD, 'code message path'),
  ConnectIllegalStateError: all(HELD, 'code message path state allowedActions'),
};

/** Federation's own fields, which expose the schema to every authenticated caller. */
const FEDERATION: Readonly<Record<string, Fields>> = { Query: all(HELD, '_service'), _Service: all(HELD, 'sdl') };

/**
 * Returns the rule of a field.
 *
 * @throws TypeError if it has none
 */
export function ruleOf(type: string, field: string): Rule {
  const rule = RULES[type]?.[field] ?? FEDERATION[type]?.[field];
  if (rule === undefined) {
    throw new TypeError(`${type}.${field} has no rule: say who may read it in src/graphql/access/rules.ts.`);
  }
  return rule;
}
