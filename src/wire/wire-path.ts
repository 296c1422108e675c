import { type ApiNames, apiName, SEGMENT_NAMES } from '../connect/api-names/members.js';
import { SYSTEM_DEFINED } from '../connect/api-names/segment-attributes.js';
import type { Path } from '../connect/violation.js';
import type { Members, WireMap } from './members.js';

/** A request's members, API names and input. */
export interface WireRequest {
  readonly members: Members;
  readonly names?: ApiNames | undefined;
  readonly input: Readonly<Record<string, unknown>>;
}

/** Maximum characters of a key in a message. */
const SHOWN = 40;

/**
 * Names a place of a request as the AWS API does: SearchCriteria.QueueIds[0]. A map has no order, so its entries are named
 * by their keys: References["Order"].Value.
 */
export function wirePath(path: Path, { members, names, input }: WireRequest): string {
  const nameOf = (part: string) => apiName(part, names);
  const [member = '', index, ...inside] = path;
  const name = nameOf(String(member));
  const type = members[name]?.type ?? '';
  const entry = type.endsWith(' map') ? entriesOf(type, input[name])?.[Number(index)] : undefined;
  if (entry === undefined)
    return (
      name +
      path
        .slice(1)
        .map((part) => step(part, nameOf))
        .join('')
    );
  // In the port's lists key and value are members; in a map they are not.
  const parts = inside.filter((part) => part !== 'key' && part !== 'name' && type !== 'string map');
  const insideNameOf = type === SEGMENTS ? (part: string) => apiName(part, SEGMENT_NAMES) : nameOf;
  return name + keyStep(entry[0]) + parts.map((part) => step(part, insideNameOf)).join('');
}

const SEGMENTS = 'segment attribute map';

/** Returns the entries of a map that are items of the port's list: of segment attributes, those that are user-defined. */
function entriesOf(type: string, value: unknown): WireMap<unknown> | undefined {
  const map = value as WireMap<unknown> | undefined;
  return type === SEGMENTS ? map?.filter(([key]) => !key.startsWith(SYSTEM_DEFINED)) : map;
}

/** Formats a map's key as a step of a path: ["Order"]. */
export function keyStep(key: string): string {
  const shown = key.length > SHOWN ? `${key.slice(0, SHOWN)}…` : key;
  return `[${JSON.stringify(shown.toWellFormed())}]`;
}

function step(part: string | number, nameOf: (part: string) => string): string {
  return typeof part === 'number' ? `[${part}]` : `.${nameOf(part)}`;
}
