import { bareId } from '../../connect/arn.js';
import {
  type ConnectFault,
  IdempotencyConflictError,
  InvalidParameterError,
  InvalidRequestError,
  type Resource,
  ResourceNotFoundError,
  ServiceQuotaExceededError,
  together,
} from '../../connect/errors.js';
import { CLIENT_TOKEN_WINDOW_MS, DEFAULT_EXPIRY_MINUTES } from '../../connect/limits.js';
import type { StartTaskContactRequest, StartTaskContactResult } from '../../connect/start-task-contact.js';
import type { TaskTemplateField } from '../../connect/task-template.js';
import type { Violation } from '../../connect/violation.js';
import { checkMembers, checkCombination } from '../../validation/requests/start-task-contact.js';
import { applyTemplate, type TemplateValues } from '../../validation/requests/template-values.js';
import { check } from '../../validation/rule.js';
import { referencesBytes } from '../../validation/rules/references.js';
import { checkArn } from '../arn.js';
import type { Keys } from '../store/store.js';
import { type ContactRow, NEW_CONTACT, type ResourceKey } from '../store/tables.js';
import { writeAttributes } from './attributes.js';
import { newAttachments } from './attachments.js';
import { fingerprint, tokenScope } from './fingerprint.js';
import { type FlowSource, type NoFlow, resolveFlowSource } from './flow-source.js';
import { keyIn, NO_KEYS } from './found.js';
import { chainWith, fullChain, type Link, resolveLink } from './link.js';
import type { Decision, Operation } from './operation.js';
import type { Change, Quotas, State } from './state.js';
import { contactAt } from './to-contact.js';

const START_TASK_CONTACT = 'StartTaskContact';

/** The members with ids, which accept ARNs too. */
const ID_MEMBERS = [
  ['instanceId', 'INSTANCE'],
  ['contactFlowId', 'CONTACT_FLOW'],
  ['quickConnectId', 'QUICK_CONNECT'],
  ['taskTemplateId', 'TASK_TEMPLATE'],
  ['previousContactId', 'CONTACT'],
  ['relatedContactId', 'CONTACT'],
  ['createdByUserId', 'USER'],
] as const satisfies readonly (readonly [keyof StartTaskContactRequest, Resource])[];

/** Creates a task contact. */
export const startTaskContact: Operation<StartTaskContactRequest, StartTaskContactResult> = {
  name: START_TASK_CONTACT,
  check: checkMembers,
  keysOf,
  decide: ({ state, quotas, newId }, request) => decideStartTaskContact(state, quotas, newId, request),
  sizeOf({ name, description = '', attributes = [], references = [], segmentAttributes = [], attachments = [] }) {
    let size = 256 + name.length + description.length;
    for (const { key, value } of attributes) size += key.length + value.length;
    for (const { key, value } of segmentAttributes) size += key.length + value.length;
    for (const { name: label, value } of references) size += label.length + value.length;
    for (const { fileName, url } of attachments) size += fileName.length + url.length;
    return size;
  },
};

function keysOf(request: StartTaskContactRequest): Keys {
  const keys = (...ids: (string | undefined)[]): readonly ResourceKey[] =>
    ids.flatMap((id) => (id === undefined ? [] : [keyIn(request, id)]));
  return {
    ...NO_KEYS,
    instances: [bareId(request.instanceId)],
    contactFlows: keys(request.contactFlowId),
    quickConnects: keys(request.quickConnectId),
    taskTemplates: keys(request.taskTemplateId),
    users: keys(request.createdByUserId),
    contacts: keys(request.previousContactId, request.relatedContactId),
    tokens: request.clientToken ? [tokenScope(request.instanceId, START_TASK_CONTACT, request.clientToken)] : [],
  };
}

/**
 * Decides a creation whose members are already validated, in the API's order of checks: ARNs, token, combinations of
 * members, instance; then flow source, creator, template and links at once; quotas, shared attributes.
 *
 * @param id the id of the contact if it is created
 */
function decideStartTaskContact(
  state: State,
  quotas: Quotas,
  id: string,
  request: StartTaskContactRequest,
): Decision<StartTaskContactResult> {
  const instance = state.instance(bareId(request.instanceId));
  const foreign = instance ? checkArns(request, instance.arn) : [];
  if (foreign.length > 0) return { refusal: new InvalidParameterError(foreign) };

  const use = request.clientToken
    ? {
        scope: tokenScope(request.instanceId, START_TASK_CONTACT, request.clientToken),
        fingerprint: fingerprint(request),
      }
    : undefined;
  const earlier = use && state.token(use.scope);
  if (earlier) {
    return earlier.fingerprint === use.fingerprint
      ? { result: { contactId: earlier.contactId, replayed: true }, changes: [] }
      : { refusal: new IdempotencyConflictError() };
  }

  const contradictions = checkCombination(request, state.now, quotas.scheduleAheadDays);
  if (contradictions.length > 0) return { refusal: new InvalidRequestError(contradictions) };

  if (instance === undefined) {
    return { refusal: new ResourceNotFoundError('INSTANCE', request.instanceId, 'instanceId') };
  }
  // None of these depends on another: all that is wrong with them is one refusal.
  const source = resolveFlowSource(state, instance.id, request);
  const unknownCreator = checkCreator(state, request);
  const filled = fillIn(source, request);
  const link = resolveLink(state, instance.id, request);
  if ('fault' in source || unknownCreator || 'violations' in filled || link instanceof Error) {
    const faults = [
      'fault' in source ? source.fault : undefined,
      unknownCreator,
      'violations' in filled ? new InvalidRequestError(filled.violations) : undefined,
      link instanceof Error ? link : undefined,
    ].filter((fault) => fault !== undefined);
    return { refusal: together(faults as [ConnectFault, ...ConnectFault[]]) };
  }

  const noPlace = fullChain(state, quotas, link);
  if (noPlace) return { refusal: noPlace };
  if (state.activeTasks(instance.id) >= quotas.activeTasks) {
    return { refusal: new ServiceQuotaExceededError('ACTIVE_TASKS', quotas.activeTasks) };
  }
  const chain = chainWith(link, { instanceId: instance.id, id }, request.attributes);
  if (chain instanceof Error) return { refusal: chain };

  const contact = newTask(state.now, id, source, filled.values, link, chain.id, request);
  const changes: Change[] = [
    { kind: 'task-created', contact },
    { kind: 'chain-changed', chain },
  ];
  if (use) {
    const token = { ...use, contactId: id, expiresAt: state.now + CLIENT_TOKEN_WINDOW_MS };
    changes.push({ kind: 'token-used', token });
  }
  // Created in any case, because a lazy getter would give each object a shape of its own, which V8 keeps.
  const created = contactAt(state.now, contact, instance.arn, source.taskTemplate?.name ?? null);
  return { result: { contactId: id, replayed: false, contact: created }, changes };
}

function checkArns(request: StartTaskContactRequest, instanceArn: string): readonly Violation[] {
  return ID_MEMBERS.flatMap(([member, resource]) => {
    const id = request[member];
    return id === undefined ? [] : checkArn(id, instanceArn, resource, [member]);
  });
}

function checkCreator(state: State, request: StartTaskContactRequest): ResourceNotFoundError | undefined {
  const { createdByUserId: id } = request;
  if (id === undefined || state.user(keyIn(request, id)) !== undefined) return undefined;
  return new ResourceNotFoundError('USER', id, 'createdByUserId');
}

function fillIn(source: FlowSource | NoFlow, request: StartTaskContactRequest): ReturnType<typeof applyTemplate> {
  if (source.taskTemplate === undefined) return { values: request };
  const filled = applyTemplate(JSON.parse(source.taskTemplate.fields) as readonly TaskTemplateField[], request);
  if ('violations' in filled || filled.values.references === undefined) return filled;
  const violations = check(referencesBytes, filled.values.references, ['references']);
  return violations.length > 0 ? { violations } : filled;
}

function newTask(
  now: number,
  id: string,
  source: FlowSource,
  values: TemplateValues,
  link: Link,
  chainId: string,
  request: StartTaskContactRequest,
): ContactRow {
  const scheduledAt = values.scheduledTime?.getTime() ?? null;
  const minutes = values.expiryMinutes ?? DEFAULT_EXPIRY_MINUTES;
  return {
    ...NEW_CONTACT,
    instanceId: source.contactFlow.instanceId,
    id,
    chainId,
    associationId: (link.previous ?? link.related)?.associationId ?? id,
    previousContactId: link.previous?.id ?? null,
    relatedContactId: link.related?.id ?? null,
    channel: 'TASK',
    initiationMethod: 'API',
    name: values.name,
    description: values.description ?? null,
    contactFlowId: source.contactFlow.id,
    quickConnectId: request.quickConnectId === undefined ? null : bareId(request.quickConnectId),
    taskTemplateId: source.taskTemplate?.id ?? null,
    references: values.references === undefined ? null : JSON.stringify(values.references),
    attachments: request.attachments?.length ? JSON.stringify(newAttachments(id, request.attachments)) : null,
    initiatedAt: now,
    scheduledAt,
    // The timer starts with the task, because a short expiry must not end a scheduled task before it begins.
    expiresAt: (scheduledAt ?? now) + minutes * 60_000,
    updatedAt: now,
    createdByUserId: request.createdByUserId === undefined ? null : bareId(request.createdByUserId),
    assignmentType: request.assignmentType ?? null,
    segmentAttributes: request.segmentAttributes?.length ? writeAttributes(request.segmentAttributes) : null,
  };
}
