import { type CleanedEnv, makeValidator } from 'envalid';
import { INSTANCE_ID_LENGTH } from '../connect/limits.js';
import { SAMPLE_INSTANCE_ID } from '../engine/seed/sample-instance.js';
import { instanceNamed, type ServedInstance } from '../graphql/instances.js';
import { shown } from './validators.js';

/** The form of CONNECT_INSTANCES, in words. */
export const INSTANCES_FORM =
  'ID, ID|ALIAS, ID|ALIAS|REGION or ID||REGION, several with commas between them, each name once';

/** How AWS names its regions (service model, AwsRegion): eu-west-2, us-gov-west-1. */
const REGION = /^[a-z]{2}(-[a-z]+){1,2}-\d$/;

const instances = makeValidator((text) => {
  const found = readInstances(text);
  if (found === undefined) throw new Error(INSTANCES_FORM);
  return found;
});

const instanceId = makeValidator((text) => {
  if (!isName(text)) throw new Error('the id or alias of an instance: the part after instance/ in its ARN');
  return text;
});

/** Settings of the instances that are served. */
export const INSTANCE_SETTINGS = {
  CONNECT_INSTANCE_ID: instanceId({
    default: undefined,
    desc: 'Instance for requests that name none. Unset: the sample instance; aws needs one.',
  }),
  CONNECT_INSTANCES: instances({
    default: undefined,
    desc: `Instances that are served: ${INSTANCES_FORM}. Unset: CONNECT_INSTANCE_ID alone.`,
  }),
} as const;

/** The instances that are served. */
export interface InstanceSettings {
  /** Instance for requests that name none. */
  readonly instanceId: string;
  /** All instances that are served, including {@link instanceId}. */
  readonly instances: readonly ServedInstance[];
}

/**
 * Reads the instances that are served, and the default one: the one that is set, else the first of the list.
 *
 * @param problems receives the problems of the settings
 */
export function instancesOf(
  { CONNECT_INSTANCE_ID: wanted, CONNECT_INSTANCES: listed }: CleanedEnv<typeof INSTANCE_SETTINGS>,
  problems: string[],
): InstanceSettings {
  const id = wanted ?? SAMPLE_INSTANCE_ID;
  if (listed === undefined) return { instanceId: id, instances: [{ id }] };
  const found = wanted === undefined ? listed[0] : instanceNamed(listed, wanted);
  if (found === undefined) {
    problems.push(`CONNECT_INSTANCE_ID: expected one of CONNECT_INSTANCES, by id or alias, but got ${shown(wanted)}.`);
  }
  return { instanceId: found?.id ?? id, instances: listed };
}

/**
 * Reads a list of instances: `ID|ALIAS|REGION,ID|ALIAS|REGION`. Alias and region are optional.
 *
 * @returns undefined for a text of another form, or if a name stands for two instances
 */
export function readInstances(text: string): readonly ServedInstance[] | undefined {
  const instances: ServedInstance[] = [];
  for (const each of text.split(',')) {
    const [id = '', alias, region, ...more] = each.split('|').map((part) => part.trim());
    // An alias may be empty only to leave room for a region.
    const isNamed = isName(id) && (!alias ? alias === undefined || region !== undefined : isName(alias));
    if (!isNamed || more.length > 0 || (region !== undefined && !REGION.test(region))) return undefined;
    instances.push({ id, ...(alias && { alias }), ...(region !== undefined && { region }) });
  }
  const names = instances.flatMap(({ id, alias }) => (alias === undefined ? [id] : [id, alias]));
  return new Set(names).size < names.length ? undefined : instances;
}

/** Checks that a text can be the id or alias of an instance. An ARN is neither: requests name instances by their ids. */
function isName(text: string): boolean {
  return text.length <= INSTANCE_ID_LENGTH.max && /^(?!arn:)[^\s,|/]+$/i.test(text);
}
