import type { RuleFacts } from './violation.js';

/**
 * The rule that an ARN in an id's place names a resource of the instance that is asked. It is a promise of the gateway
 * before every adapter, since the instance decides what a caller may reach.
 */
export const arnOfThisInstance: RuleFacts = {
  id: 'gateway/arn-of-this-instance',
  limit: 'an id, or an ARN of that kind of resource in this instance',
  source: 'Service authorization reference, resource types; class of the error: our decision',
};

/** Whether an ARN stands in an id's place. */
export function isArn(idOrArn: string): boolean {
  return idOrArn.startsWith('arn:');
}

/** The id of a resource, of which the ARN may be given in its place: it ends with it. */
export function bareId(idOrArn: string): string {
  return isArn(idOrArn) ? idOrArn.slice(idOrArn.lastIndexOf('/') + 1) : idOrArn;
}
