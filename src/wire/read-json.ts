import type {
  MemberTypes,
  SegmentAttributeValue,
  WireAttachment,
  WireMap,
  WireReference,
  WireTemplateField,
} from './members.js';
import { invalidParameter, serializationError } from './wire-error.js';
import { keyStep } from './wire-path.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * Reads a request's body: a JSON object, or an empty body.
 *
 * @param reviver keeps what a number would lose, see {@link keepLongs}. Default: none
 * @throws WireError SerializationException
 */
export function readBody(bytes: Uint8Array | undefined, reviver?: typeof keepLongs): JsonObject {
  if (bytes === undefined || bytes.length === 0) return {};
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(bytes), reviver);
  } catch {
    throw serializationError('The body is not JSON in UTF-8.');
  }
  return object(json, 'The body');
}

/** Readers of each type from JSON. A wrong type is a SerializationException. */
export const READERS: {
  readonly [Type in keyof MemberTypes]: (json: unknown, at: string) => MemberTypes[Type];
} = {
  string,
  integer,
  long,
  timestamp,
  'string list': (json, at) => list(json, at).map((item, index) => string(item, `${at}[${index}]`)),
  'metric list': (json, at) => list(json, at).map((item, index) => metricName(item, `${at}[${index}]`)),
  'template field list': (json, at) => list(json, at).map((item, index) => templateField(item, `${at}[${index}]`)),
  'template constraints': templateConstraints,
  'template defaults': templateDefaults,
  'string map': (json, at) => map(json, at, string),
  'reference map': (json, at) => map(json, at, reference),
  'attachment list': (json, at) => list(json, at).map((item, index) => attachment(item, `${at}[${index}]`)),
  'segment attribute map': (json, at) => map(json, at, (value, of) => segmentAttribute(value, of, 0)),
  structure: object,
  refused: (json) => json,
};

/** Maximum nesting of a segment attribute. The only known one has two levels. */
const SEGMENT_DEPTH = 4;

/** Reads a string. */
export function string(json: unknown, at: string): string {
  if (typeof json !== 'string') throw wrongType(at, 'a string');
  return json;
}

/** Reads an instant from seconds since the epoch. */
export function timestamp(json: unknown, at: string): Date {
  if (typeof json !== 'number' || !Number.isFinite(json)) throw wrongType(at, 'a number of seconds since the epoch');
  return new Date(Math.round(json * 1000));
}

function reference(json: unknown, at: string): WireReference {
  const { Type, Value } = object(json, at);
  // Wrong types are reported before missing members, as everywhere.
  const [type, value] = [optional(Type, `${at}.Type`, string), optional(Value, `${at}.Value`, string)];
  if (type === undefined) throw missing(`${at}.Type`);
  if (value === undefined) throw missing(`${at}.Value`);
  return { Type: type, Value: value };
}

function metricName(json: unknown, at: string): string {
  const name = optional(object(json, at).Name, `${at}.Name`, string);
  if (name === undefined) throw missing(`${at}.Name`);
  return name;
}

function attachment(json: unknown, at: string): WireAttachment {
  const { FileName, S3Url } = object(json, at);
  const [name, url] = [optional(FileName, `${at}.FileName`, string), optional(S3Url, `${at}.S3Url`, string)];
  if (name === undefined) throw missing(`${at}.FileName`);
  if (url === undefined) throw missing(`${at}.S3Url`);
  return { FileName: name, S3Url: url };
}

function templateField(json: unknown, at: string): WireTemplateField {
  const { Id, Type, Description, SingleSelectOptions } = object(json, at);
  const type = optional(Type, `${at}.Type`, string);
  const description = optional(Description, `${at}.Description`, string);
  const options = optional(SingleSelectOptions, `${at}.SingleSelectOptions`, strings);
  return {
    name: fieldName(Id, `${at}.Id`),
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...(options !== undefined && { options }),
  };
}

function templateConstraints(json: unknown, at: string): MemberTypes['template constraints'] {
  const constraints = object(json, at);
  const names = (member: string) =>
    optional(constraints[member], `${at}.${member}`, (value, of) =>
      list(value, of).map((item, index) => fieldName(object(item, `${of}[${index}]`).Id, `${of}[${index}].Id`)),
    ) ?? [];
  return {
    RequiredFields: names('RequiredFields'),
    ReadOnlyFields: names('ReadOnlyFields'),
    InvisibleFields: names('InvisibleFields'),
  };
}

function templateDefaults(json: unknown, at: string): MemberTypes['template defaults'] {
  const { DefaultFieldValues } = object(json, at);
  const defaults = optional(DefaultFieldValues, `${at}.DefaultFieldValues`, (value, of) =>
    list(value, of).map((item, index) => {
      const { Id, DefaultValue } = object(item, `${of}[${index}]`);
      const text = optional(DefaultValue, `${of}[${index}].DefaultValue`, string);
      return { name: fieldName(Id, `${of}[${index}].Id`), ...(text !== undefined && { value: text }) };
    }),
  );
  return defaults ?? [];
}

function fieldName(json: unknown, at: string): string {
  const id = optional(json, at, object);
  const name = id && optional(id.Name, `${at}.Name`, string);
  if (name === undefined) throw missing(`${at}.Name`);
  return name;
}

function strings(json: unknown, at: string): readonly string[] {
  return list(json, at).map((item, index) => string(item, `${at}[${index}]`));
}

function segmentAttribute(json: unknown, at: string, depth: number): SegmentAttributeValue {
  if (depth > SEGMENT_DEPTH) throw serializationError(`${at}: it is nested too deeply.`);
  const { ValueString, ValueInteger, ValueMap } = object(json, at);
  const text = optional(ValueString, `${at}.ValueString`, string);
  const number = optional(ValueInteger, `${at}.ValueInteger`, integer);
  const inner = optional(ValueMap, `${at}.ValueMap`, (value, of) =>
    map(value, of, (item, ofItem) => segmentAttribute(item, ofItem, depth + 1)),
  );
  return {
    ...(text !== undefined && { ValueString: text }),
    ...(number !== undefined && { ValueInteger: number }),
    ...(inner !== undefined && { ValueMap: inner }),
  };
}

/** Reads a 32-bit integer, the service model's `integer`. */
function integer(json: unknown, at: string): number {
  if (typeof json !== 'number' || (json | 0) !== json) throw wrongType(at, 'an integer of 32 bits');
  return json;
}

/**
 * Keeps whole numbers that JavaScript's numbers do not hold exactly, as a reviver of JSON.parse. Only bodies with a
 * member of type long need it.
 */
export function keepLongs(_key: string, value: unknown, { source = '' }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? BigInt(source) : value;
}

/** Reads a whole number as decimal digits. */
function long(json: unknown, at: string): string {
  if (typeof json !== 'bigint' && !Number.isSafeInteger(json)) throw wrongType(at, 'an integer');
  return String(json);
}

function map<Value>(json: unknown, at: string, read: (json: unknown, at: string) => Value): WireMap<Value> {
  return Object.entries(object(json, at)).map(([key, value]) => [key, read(value, at + keyStep(key))] as const);
}

/** Reads a list. */
export function list(json: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(json)) throw wrongType(at, 'a list');
  return json;
}

/** Reads an object. */
export function object(json: unknown, at: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrongType(at, 'an object');
  return json as JsonObject;
}

/** Reads a nested member. Null counts as absent. */
export function optional<Value>(
  json: unknown,
  at: string,
  read: (json: unknown, at: string) => Value,
): Value | undefined {
  return json === undefined || json === null ? undefined : read(json, at);
}

function wrongType(at: string, expected: string) {
  return serializationError(`${at} must be ${expected}.`);
}

/** Makes the error for a required member that is missing. */
export function missing(member: string) {
  return invalidParameter(`${member} is required, but it is missing or empty.`);
}
