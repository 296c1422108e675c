import { ResourceNotFoundError } from '../connect/errors.js';

/** An instance that the gateway serves. */
export interface ServedInstance {
  readonly id: string;
  /** A name that callers may use for it. */
  readonly alias?: string;
  /** Its AWS region. Default: AWS_REGION or the SDK's own chain. The embedded engine ignores it. */
  readonly region?: string;
}

/** Finds an instance by its id or its alias. */
export function instanceNamed(instances: readonly ServedInstance[], name: string): ServedInstance | undefined {
  return instances.find((instance) => isNamed(instance, name));
}

/** Whether a name is the id or the alias of this instance. */
export function isNamed({ id, alias }: ServedInstance, name: string): boolean {
  return id === name || alias === name;
}

/** The instances that this gateway serves. */
export interface Instances {
  /** The instance of requests that name none. */
  readonly defaultId: string;
  /** Resolves an id or alias to the instance's id. Undefined if the gateway does not serve it. */
  resolve(name: string | null | undefined): string | undefined;
}

/**
 * Resolves an id or alias to the instance's id.
 *
 * @throws ResourceNotFoundError if the gateway does not serve it
 */
export function servedInstance(
  { instances }: { readonly instances: Instances },
  name: string | null | undefined,
): string {
  const instanceId = instances.resolve(name);
  if (instanceId === undefined) throw unknownInstance(name);
  return instanceId;
}

/** Returns the error of a request that names an instance which the gateway does not serve, or not to this caller. */
export function unknownInstance(name: string | null | undefined): ResourceNotFoundError {
  return new ResourceNotFoundError('INSTANCE', name ?? '', 'instanceId');
}

/**
 * Creates the table of the served instances.
 *
 * Decision: the default is the same for every caller. A caller that may not use it must name an instance, because a request
 * must not change its meaning when a token changes.
 *
 * @param allowed ids or aliases that the caller may use; others behave like instances that are not served. Default: all
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
