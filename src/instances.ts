/** An instance that the gateway serves. */
export interface ServedInstance {
  readonly id: string;
  /** The name that callers may use for it. */
  readonly alias?: string;
}

/** What CONNECT_INSTANCES takes, in words. */
export const INSTANCES_FORM = 'ID or ID|ALIAS, several with commas between them, each name once';

/**
 * Reads a list of instances: `ID|ALIAS,ID|ALIAS`; the alias may be left out.
 *
 * @returns undefined where the text is none, or a name stands for two instances
 */
export function readInstances(text: string): readonly ServedInstance[] | undefined {
  const instances = text.split(',').map((each) => each.split('|').map((name) => name.trim()));
  const names = instances.flat();
  const isList = instances.every(({ length }) => length <= 2) && !names.includes('');
  if (!isList || new Set(names).size < names.length) return undefined;
  return instances.map(([id = '', alias]) => (alias === undefined ? { id } : { id, alias }));
}

/** Finds an instance by its id or its alias. */
export function instanceNamed(instances: readonly ServedInstance[], name: string): ServedInstance | undefined {
  return instances.find((instance) => isNamed(instance, name));
}

/** Whether a name, an id or an alias, means this instance. */
export function isNamed({ id, alias }: ServedInstance, name: string): boolean {
  return id === name || alias === name;
}
