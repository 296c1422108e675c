import { type ApiNames, apiName } from '../connect/api-names/members.js';
import type { Path } from '../connect/violation.js';
import type { Members, WireMap } from './members.js';

/** Of a request: its operation's members and names, and what was read from it. */
export interface WireRequest {
  readonly members: Members;
  readonly names?: ApiNames | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Characters of a key that a message shows. */
const SHOWN = 40;

/**
 * Says where in a request something is, in the wire's words: SearchCriteria.QueueIds[0]. A map has no order there, so that
 * its entries go by their keys: References["Order"].Value.
 */
export function wirePath(path: Path, { members, names, input }: WireRequest): string {
  const nameOf = (part: string) => apiName(part, names);
  const [member = '', index, ...inside] = path;
  const name = nameOf(String(member));
  const type = members[name]?.type ?? '';
  const entry = type.endsWith(' map') ? (input[name] as WireMap<unknown>)?.[Number(index)] : undefined;
  if (entry === undefined)
    return (
      name +
      path
        .slice(1)
        .map((part) => step(part, nameOf))
        .join('')
    );
  // Key and value are no members of a map's entry, as they are of the port's lists.
  const parts = inside.filter((part) => part !== 'key' && part !== 'name' && type !== 'string map');
  return name + keyStep(entry[0]) + parts.map((part) => step(part, nameOf)).join('');
}

/** A map's entry in a path: ["Order"]. */
export function keyStep(key: string): string {
  const shown = key.length > SHOWN ? `${key.slice(0, SHOWN)}…` : key;
  return `[${JSON.stringify(shown.toWellFormed())}]`;
}

function step(part: string | number, nameOf: (part: string) => string): string {
  return typeof part === 'number' ? `[${part}]` : `.${nameOf(part)}`;
}
