import { type JsonObject, readBody } from '../wire/read-json.js';
import { invalidParameter, serializationError } from '../wire/wire-error.js';

/** The types that a member of a control's body may have. */
interface Types {
  readonly string: string;
  readonly boolean: boolean;
  readonly number: number;
}

/** Which members a body may have, and of which type. */
export type Members = Readonly<Record<string, keyof Types>>;

/** A body that was read by {@link Members}. */
export type Read<Of extends Members> = { readonly [Name in keyof Of]?: Types[Of[Name]] };

/**
 * Reads the body of a control: a JSON object with none but the given members, all of them optional; or nothing at all.
 *
 * @throws WireError SerializationException for what is no such JSON, InvalidParameterException for an unknown member
 */
export function readControl<Of extends Members>(bytes: unknown, members: Of): Read<Of> {
  const body: JsonObject = readBody(Buffer.isBuffer(bytes) ? bytes : undefined);
  const names = Object.keys(members);
  for (const [name, value] of Object.entries(body)) {
    const type = Object.hasOwn(members, name) ? members[name] : undefined;
    if (type === undefined) {
      const known = names.length === 0 ? 'no members' : names.join(', ');
      throw invalidParameter(`${name.slice(0, 40).toWellFormed()}: not a member here. The body takes ${known}.`);
    }
    if (typeof value !== type) throw serializationError(`${name} must be a ${type}.`);
  }
  return body as Read<Of>;
}
