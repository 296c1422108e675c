import { ResourceNotFoundError } from '../connect/errors.js';

/** An instance that the gateway serves. */
export interface ServedInstance {
  readonly id: string;
  /** The name that callers may use for it. */
  readonly alias?: string;
  /** Where AWS has it; omitted: the region that AWS_REGION or the SDK's own chain names. The embedded engine is everywhere. */
  readonly region?: string;
}

/** Finds an instance by its id or its alias. */
export function instanceNamed(instances: readonly ServedInstance[], name: string): ServedInstance | undefined {
  return instances.find((instance) => isNamed(instance, name));
}

/** Whether a name, an id or an alias, means this instance. */
export function isNamed({ id, alias }: ServedInstance, name: string): boolean {
  return id === name || alias === name;
}

/** The instances that this gateway serves. */
export interface Instances {
  /** The instance that is meant where none is named. */
  readonly defaultId: string;
  /** The id of the instance that a caller means, by id or alias; undefined where the gateway does not serve it. */
  resolve(name: string | null | undefined): string | undefined;
}

/**
 * The id of the instance that a caller means, where the answer cannot be that nothing is there.
 *
 * @throws ResourceNotFoundError where the gateway does not serve it
 */
export function servedInstance(
  { instances }: { readonly instances: Instances },
  name: string | null | undefined,
): string {
  const instanceId = instances.resolve(name);
  if (instanceId === undefined) throw new ResourceNotFoundError('INSTANCE', name ?? '', 'instanceId');
  return instanceId;
}

/**
 * Serves these instances and no other.
 *
 * D: the default stays the same for every caller. One who may not touch it must name an instance: a request must not mean
 * another one because a token changed.
 *
 * @param allowed those that the caller may touch, by id or alias: any other is one that is not served. Omitted: all
 */
export function instanceTable(
  defaultId: string,
  served: readonly ServedInstance[],
  allowed?: readonly string[],
): Instances {
  const open =
    allowed === undefined ? served : served.filter((instance) => allowed.some((name) => isNamed(instance, name)));
  return {
    defaultId,
    resolve: (name) => instanceNamed(open, name ?? defaultId)?.id,
  };
}
