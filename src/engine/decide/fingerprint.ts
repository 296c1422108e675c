import { createHash } from 'node:crypto';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { bareId } from '../../connect/arn.js';

/**
 * The scope of a client token, as a hash: tokens of different instances or operations never meet, and none can be read
 * back from the database. Instances bring account and region along: their ids are unique.
 */
export function tokenScope(instanceId: string, operation: string, token: string): string {
  return hashOf([bareId(instanceId), operation, token]);
}

/**
 * A hash by which two requests are the same: absent members and their order do not matter, an id equals its ARN, and
 * times count in whole seconds. Our decision, since the API documents none of it.
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
    // Members that came later add to the list only where they are given: tokens of earlier programs stay good.
    ...(request.createdByUserId === undefined && request.assignmentType === undefined
      ? []
      : [[id(request.createdByUserId), request.assignmentType ?? null]]),
  ]);
}

function sorted(entries: readonly (readonly string[])[] = []): readonly (readonly string[])[] {
  return [...entries].sort(([a = ''], [b = '']) => (a < b ? -1 : a > b ? 1 : 0));
}

/** A hash of a value's JSON. */
export function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url');
}
