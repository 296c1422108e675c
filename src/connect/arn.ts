import type { RuleFacts } from './violation.js';

/**
 * Requires that an ARN in place of an id names a resource of the requested instance. The gateway enforces it before
 * every adapter, because access is granted by instance.
 */
export const arnOfThisInstance: RuleFacts = {
  id: 'gateway/arn-of-this-instance',
  limit: 'an id, or an ARN of that kind of resource in this instance',
  source: 'Service authorization reference, resource types. Decision: the class of the error',
};

/** Returns whether a value is an ARN, which may replace an id. */
export function isArn(idOrArn: string): boolean {
  return idOrArn.startsWith('arn:');
}

/** Returns the id of a resource that is named by its id or by its ARN, which ends with the id. */
export function bareId(idOrArn: string): string {
  return isArn(idOrArn) ? idOrArn.slice(idOrArn.lastIndexOf('/') + 1) : idOrArn;
}

/** Returns the ARN of a contact of the same instance as another resource. */
export function contactArnBeside(arn: string, contactId: string): string {
  const [, instanceArn = ''] = /^(.*?:instance\/[^/]+)/.exec(arn) ?? [];
  return `${instanceArn}/contact/${contactId}`;
}
