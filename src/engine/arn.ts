import { violationOf } from '../validation/rule.js';
import { excerpt } from '../validation/text.js';
import { bareId, isArn } from '../connect/arn.js';
import type { Resource } from '../connect/errors.js';
import type { Path, RuleFacts, Violation } from '../connect/violation.js';

/** ARNs may stand in for ids, but only those of this very instance. */
export const arnOfThisInstance: RuleFacts = {
  id: 'engine/arn-of-this-instance',
  limit: 'an id, or an ARN of that kind of resource in this instance',
  source: 'Service authorization reference, resource types; class of the error: our decision',
};

/**
 * How ARNs name the resources of an instance (service authorization reference). A quick connect is a
 * transfer-destination there, a user an agent.
 */
const ARN_TYPES = {
  CONTACT: 'contact',
  CONTACT_FLOW: 'contact-flow',
  QUICK_CONNECT: 'transfer-destination',
  TASK_TEMPLATE: 'task-template',
  QUEUE: 'queue',
  USER: 'agent',
} as const satisfies Record<Exclude<Resource, 'INSTANCE'>, string>;

/** A kind of resource that belongs to an instance. */
export type InstanceResource = keyof typeof ARN_TYPES;

/** The ARN of a resource of an instance. */
export function arnOf(instanceArn: string, resource: InstanceResource, id: string): string {
  return `${instanceArn}/${ARN_TYPES[resource]}/${id}`;
}

/** Checks an id that was given as an ARN: it must name that kind of resource, and in this instance. */
export function checkArn(idOrArn: string, instanceArn: string, resource: Resource, at: Path): readonly Violation[] {
  if (!isArn(idOrArn)) return [];
  const ours = resource === 'INSTANCE' ? instanceArn : arnOf(instanceArn, resource, bareId(idOrArn));
  return idOrArn === ours ? [] : [violationOf(arnOfThisInstance, at, excerpt(idOrArn))];
}
