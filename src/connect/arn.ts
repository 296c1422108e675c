/** Whether an ARN stands in an id's place. */
export function isArn(idOrArn: string): boolean {
  return idOrArn.startsWith('arn:');
}

/** The id of a resource, of which the ARN may be given in its place: it ends with it. */
export function bareId(idOrArn: string): string {
  return isArn(idOrArn) ? idOrArn.slice(idOrArn.lastIndexOf('/') + 1) : idOrArn;
}
