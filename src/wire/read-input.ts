import type { Members } from './members.js';
import { type JsonObject, keepLongs, missing, READERS, readBody } from './read-json.js';
import { invalidParameter, type WireError } from './wire-error.js';

/** The parts of a request that carry members. */
export interface Parts {
  /** Path segments that are members, still encoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Uint8Array | undefined;
}

/**
 * Reads the members of a request. It checks types first, then presence; the port validates the values. Unknown members are
 * ignored, as the API ignores them.
 *
 * @throws WireError SerializationException, InvalidParameterException
 */
export function readInput(members: Members, parts: Parts): Readonly<Record<string, unknown>> {
  const hasLong = Object.values(members).some(({ type }) => type === 'long');
  const body = readBody(parts.body, hasLong ? keepLongs : undefined);
  const input = new Map<string, unknown>();
  for (const [name, member] of Object.entries(members)) {
    const value =
      member.in === 'path'
        ? fromPath(parts.path[name], name)
        : member.in === 'query'
          ? fromQuery(parts.query.getAll(member.wireName ?? name), member.wireName ?? name, member.type)
          : fromBody(body, name, member.type);
    if (value !== undefined) input.set(name, value);
  }
  for (const [name, { required }] of Object.entries(members)) if (required && !input.has(name)) throw missing(name);
  return Object.fromEntries(input);
}

function fromPath(segment: string | undefined, name: string): string | undefined {
  if (segment === undefined || segment === '') return undefined;
  try {
    return decodeURIComponent(segment);
  } catch {
    throw badEncoding(name);
  }
}

function fromQuery(values: readonly string[], name: string, type: Members[string]['type']): unknown {
  if (values.length === 0) return undefined;
  if (type === 'string list') return values;
  if (values.length > 1) throw invalidParameter(`${name} came ${values.length} times, but it is accepted once.`);
  const [text] = values;
  if (text === undefined || text === '') return undefined;
  return type === 'integer' ? wholeNumber(text, name) : text;
}

function wholeNumber(text: string, name: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw invalidParameter(`${name} must be a whole number.`);
  return Number(text);
}

function fromBody(body: JsonObject, name: string, type: Members[string]['type']): unknown {
  // Own members only, because inherited ones were not sent. Null counts as absent.
  const json = Object.hasOwn(body, name) ? body[name] : undefined;
  return json === undefined || json === null ? undefined : READERS[type](json, name);
}

function badEncoding(name: string): WireError {
  return invalidParameter(`${name} is not text in UTF-8 and percent encoding.`);
}
