import { violationOf } from '../validation/rule.js';
import { excerpt } from '../validation/text.js';
import { arnOfThisInstance, bareId, isArn } from '../connect/arn.js';
import type { Resource } from '../connect/errors.js';
import type { Path, Violation } from '../connect/violation.js';

/**
 * The resource types in ARNs of an instance's resources (service authorization reference). A quick connect is a
 * transfer-destination there, and a user is an agent.
 */
const ARN_TYPES = {
  CONTACT: 'contact',
  CONTACT_FLOW: 'contact-flow',
  QUICK_CONNECT: 'transfer-destination',
  TASK_TEMPLATE: 'task-template',
  QUEUE: 'queue',
  USER: 'agent',
  FILE: 'file',
} as const satisfies Record<Exclude<Resource, 'INSTANCE'>, string>;

/** A kind of resource that belongs to an instance. */
export type InstanceResource = keyof typeof ARN_TYPES;

/** Returns the ARN of a resource of an instance. */
export function arnOf(instanceArn: string, resource: InstanceResource, id: string): string {
  return `${instanceArn}/${ARN_TYPES[resource]}/${id}`;
}

/** Validates an ARN in place of an id. It must name a resource of that kind in this instance. */
export function checkArn(idOrArn: string, instanceArn: string, resource: Resource, at: Path): readonly Violation[] {
  if (!isArn(idOrArn)) return [];
  const expected = resource === 'INSTANCE' ? instanceArn : arnOf(instanceArn, resource, bareId(idOrArn));
  return idOrArn === expected ? [] : [violationOf(arnOfThisInstance, at, excerpt(idOrArn))];
}
