/** An instance that the gateway serves. */
export interface ServedInstance {
  readonly id: string;
  /** The name that callers may use for it. */
  readonly alias?: string;
  /** Where AWS has it; omitted: the region that AWS_REGION or the SDK's own chain names. The embedded engine is everywhere. */
  readonly region?: string;
}

/** What CONNECT_INSTANCES takes, in words. */
export const INSTANCES_FORM =
  'ID, ID|ALIAS, ID|ALIAS|REGION or ID||REGION, several with commas between them, each name once';

/** How AWS names its regions (service model, AwsRegion): eu-west-2, us-gov-west-1. */
const REGION = /^[a-z]{2}(-[a-z]+){1,2}-\d$/;

/**
 * Reads a list of instances: `ID|ALIAS|REGION,ID|ALIAS|REGION`; alias and region may be left out.
 *
 * @returns undefined where the text is none, or a name stands for two instances
 */
export function readInstances(text: string): readonly ServedInstance[] | undefined {
  const instances: ServedInstance[] = [];
  for (const each of text.split(',')) {
    const [id = '', alias, region, ...more] = each.split('|').map((part) => part.trim());
    const isNamed = id !== '' && (alias !== '' || region !== undefined);
    if (!isNamed || more.length > 0 || (region !== undefined && !REGION.test(region))) return undefined;
    instances.push({ id, ...(alias && { alias }), ...(region !== undefined && { region }) });
  }
  const names = instances.flatMap(({ id, alias }) => (alias === undefined ? [id] : [id, alias]));
  return new Set(names).size < names.length ? undefined : instances;
}

/** Finds an instance by its id or its alias. */
export function instanceNamed(instances: readonly ServedInstance[], name: string): ServedInstance | undefined {
  return instances.find((instance) => isNamed(instance, name));
}

/** Whether a name, an id or an alias, means this instance. */
export function isNamed({ id, alias }: ServedInstance, name: string): boolean {
  return id === name || alias === name;
}
