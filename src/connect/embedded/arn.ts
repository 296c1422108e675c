import type { Resource } from '../errors.js';

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

/** An id as the engine knows it. Callers may give ARNs in its place. */
export function bareId(idOrArn: string): string {
  return isArn(idOrArn) ? idOrArn.slice(idOrArn.lastIndexOf('/') + 1) : idOrArn;
}

/** Whether an id was given as an ARN, and that ARN names another thing than the resource of this instance. */
export function isForeignArn(idOrArn: string, instanceArn: string, resource: Resource): boolean {
  if (!isArn(idOrArn)) return false;
  return resource === 'INSTANCE' ? idOrArn !== instanceArn : idOrArn !== arnOf(instanceArn, resource, bareId(idOrArn));
}

function isArn(text: string): boolean {
  return text.startsWith('arn:');
}
