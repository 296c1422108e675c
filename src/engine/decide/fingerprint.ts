import { createHash } from 'node:crypto';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { bareId } from '../../connect/arn.js';

/**
 * Returns the scope of a client token, as a hash. Tokens of different instances or operations never collide, and the
 * database does not reveal them. Account and region need no place in it, because instance ids are unique.
 */
export function tokenScope(instanceId: string, operation: string, token: string): string {
  return hashOf([bareId(instanceId), operation, token]);
}

/**
 * Returns a hash that is equal for equal requests. Decision, because the API documents none of it: absent members and
 * the order of lists do not matter, an id equals its ARN, and times count in whole seconds.
 */
export function fingerprint(request: StartTaskContactRequest): string {
  const id = (value: string | undefined) => (value === undefined ? null : bareId(value));
  return hashOf([
    bareId(request.instanceId),
    request.name,
    request.description ?? null,
    id(request.contactFlowId),
    id(request.quickConnectId),
    id(request.taskTemplateId),
    id(request.previousContactId),
    id(request.relatedContactId),
    sorted(request.attributes?.map(({ key, value }) => [key, value])),
    sorted(request.references?.map(({ name, type, value }) => [name, type, value])),
    request.scheduledTime === undefined ? null : String(Math.floor(request.scheduledTime.getTime() / 1000)),
    request.expiryMinutes ?? null,
    // Later members extend the list only if they are present, because tokens of earlier versions must stay valid.
    ...(request.createdByUserId === undefined && request.assignmentType === undefined
      ? []
      : [[id(request.createdByUserId), request.assignmentType ?? null]]),
    ...(request.segmentAttributes?.length
      ? [sorted(request.segmentAttributes.map(({ key, value }) => [key, value]))]
      : []),
    ...(request.attachments?.length
      ? [['attachments', ...request.attachments.map(({ fileName, url }) => [fileName, url])]]
      : []),
  ]);
}

function sorted(entries: readonly (readonly string[])[] = []): readonly (readonly string[])[] {
  return [...entries].sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Returns a hash of a value's JSON. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
