import { ConnectContact } from '../contact/contact.type.js';
import type { Scope } from '../identity.js';
import { readsOf } from '../loading/reads.js';

/** Who may read a field, or run it. */
export interface Rule {
  /** Scopes that the caller needs: all of one of these sets. Empty: none. */
  readonly scopes: readonly (readonly Scope[])[];
  /** A value that the creation of the contact states takes the scope of creations alone: no read tells it. */
  readonly orStated?: true;
  /** Told to routers as @authenticated, where no scope is needed. */
  readonly authenticated?: true;
}

/** Whoever holds the object may read it: nothing but what is guarded itself leads there. */
const HELD: Rule = { scopes: [] };
/** Needs no scope, only a caller who is known: the ids of an entity, which a reference states, and what became of a change. */
const KNOWN_CALLER: Rule = { scopes: [], authenticated: true };
const READ: Rule = { scopes: [['tasks:read']] };
/** What createTaskContact serves from its own request: a caller that may only create learns nothing by it. */
const READ_OR_STATED: Rule = { scopes: [['tasks:read'], ['tasks:create']], orStated: true };
const CREATE: Rule = { scopes: [['tasks:create']] };
const WRITE: Rule = { scopes: [['tasks:write']] };

type Fields = Readonly<Record<string, Rule>>;

/** Fields, in one text, that all have one rule. */
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
 * Who may read or run each field of the schema: the gateway enforces this table, and schema/subgraph.secured.graphql tells
 * routers the same. A field without a rule keeps the schema from being built.
 *
 * D: a payload tells what became of the change, and the ids of the contact, to whoever was allowed to make it; anything else
 * of the contact is a read and needs tasks:read, since a change must not be a way to read. Where that scope is missing,
 * those fields alone are null: the change was made, and must not look like a failure. Why a change was refused, a contact's
 * state among it, is told to whoever was allowed to ask for it.
 */
export const RULES: Readonly<Record<string, Fields>> = {
  Query: all(
    READ,
    'connectContact connectContacts connectContactChain searchConnectContacts connectContactFlows connectQuickConnects connectTaskTemplates connectTaskTemplate _entities',
  ),
  Mutation: {
    ...all(CREATE, 'createTaskContact'),
    ...all(
      WRITE,
      'updateTaskContact updateConnectSharedAttributes rescheduleTaskContact pauseTaskContact resumeTaskContact transferTaskContact stopTaskContact tagTaskContact untagTaskContact',
    ),
  },

  ConnectContact: {
    ...all(KNOWN_CALLER, 'id instanceId'),
    ...STATED,
    ...all(
      READ,
      'arn state allowedActions initiatedAt expiresAt endedAt updatedAt disconnectReason queue agent tags attributes chain',
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

  CreateTaskContactPayload: all(KNOWN_CALLER, 'contact replayed errors'),
  TransferTaskContactPayload: all(KNOWN_CALLER, 'contact replayed errors'),
  UpdateTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  RescheduleTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  PauseTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  ResumeTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  StopTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  TagTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  UntagTaskContactPayload: all(KNOWN_CALLER, 'contact errors'),
  // Which chain a contact is in must be read.
  UpdateConnectSharedAttributesPayload: { ...all(READ, 'chain'), ...all(KNOWN_CALLER, 'errors') },

  ConnectAttribute: all(HELD, 'key value'),
  ConnectTag: all(HELD, 'key value'),
  ConnectReference: all(HELD, 'name type value'),
  ConnectContactQueue: all(HELD, 'id arn enqueuedAt'),
  ConnectContactAgent: all(HELD, 'id arn connectedAt'),
  ConnectTaskTemplateField: all(HELD, 'name type description required readOnly invisible defaultValue options'),
  ConnectContactConnection: all(HELD, 'edges nodes pageInfo totalCount'),
  ConnectContactEdge: all(HELD, 'cursor node'),
  ConnectContactFlowConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectContactFlowEdge: all(HELD, 'cursor node'),
  ConnectQuickConnectConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectQuickConnectEdge: all(HELD, 'cursor node'),
  ConnectTaskTemplateConnection: all(HELD, 'edges nodes pageInfo'),
  ConnectTaskTemplateEdge: all(HELD, 'cursor node'),
  PageInfo: all(HELD, 'hasNextPage hasPreviousPage startCursor endCursor'),

  ConnectError: all(HELD, 'code message path'),
  ConnectInvalidInputError: all(HELD, 'code message path rule expected actual'),
  ConnectNotFoundError: all(HELD, 'code message path resource id'),
  ConnectQuotaExceededError: all(HELD, 'code message path quota limit'),
  ConnectThrottledError: all(HELD, 'code message path retryAfterMs'),
  ConnectConflictError: all(HELD, 'code message path'),
  ConnectIllegalStateError: all(HELD, 'code message path state allowedActions'),
};

/** Fields of federation's own, which tell the schema: to every caller who is known. */
const FEDERATION: Readonly<Record<string, Fields>> = { Query: all(HELD, '_service'), _Service: all(HELD, 'sdl') };

/**
 * The rule of a field.
 *
 * @throws TypeError where it has none
 */
export function ruleOf(type: string, field: string): Rule {
  const rule = RULES[type]?.[field] ?? FEDERATION[type]?.[field];
  if (rule === undefined) {
    throw new TypeError(`${type}.${field} has no rule: say who may read it in src/graphql/access/rules.ts.`);
  }
  return rule;
}
