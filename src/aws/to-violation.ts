import { camelCase, portName } from '../connect/api-names/members.js';
import { MEMBER_OF_SEGMENT } from '../connect/api-names/segment-attributes.js';
import { toPortPropertyPath } from '../connect/api-names/template-fields.js';
import type { PropertyViolation } from '../connect/errors.js';
import type { Path, RuleFacts, Violation } from '../connect/violation.js';
import type { CallFacts } from './call-facts.js';
import type { ServiceAnswer } from './service-answer.js';

/** Represents every rule of the service, whose messages name the violated rule in no fixed form. */
export const serviceRefused: RuleFacts = {
  id: 'api/service-refused',
  limit: 'a request that Amazon Connect accepts',
  source: 'API reference, common errors: InvalidParameterException and InvalidRequestException carry a text alone',
};

/** Maximum length of the service's message that is passed on, in UTF-16 units. */
const MAX_MESSAGE = 500;

/**
 * Returns a violation with the service's own message.
 *
 * @param message may be empty, because the service sometimes states none
 * @param at the place of the violation, if the service states it apart from the message
 */
export function toViolation(message: string, call: CallFacts, at?: Path): Violation {
  const [path, words] = at === undefined ? splitMessage(message, call) : [at, message];
  const actual = 'a request that it refused';
  return {
    rule: serviceRefused.id,
    path,
    limit: serviceRefused.limit,
    actual,
    message: words.trim() === '' ? 'Amazon Connect refused the request without saying why.' : shortened(words),
  };
}

/**
 * Splits a message into place and text. The emulator's messages begin with the member and a colon; those of AWS
 * contain: at 'member'.
 */
function splitMessage(message: string, call: CallFacts): readonly [Path, string] {
  if (REFUSED_REFERENCE.test(message) && call.members.includes('references')) return [['references'], message];
  const emulatorPath = EMULATOR_PATH.exec(message)?.[0];
  const awsPath = /\bat '([^']+)'/.exec(message)?.[1];
  const path = emulatorPath === undefined ? pathOf(awsPath ?? '') : ofPort(pathOf(emulatorPath), call);
  if (!call.members.includes(String(path[0]))) return [[], message];
  return [path, emulatorPath === undefined ? message : message.slice(emulatorPath.length + 2)];
}

/** Matches the service's message for a refused type or value of a reference, which names no member. */
const REFUSED_REFERENCE = /^Invalid reference passed/i;

/** Matches the place in the emulator's messages: SearchCriteria.QueueIds[0], References["Order"].Value. */
const EMULATOR_PATH = /^[A-Z]\w*(?:\.\w+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*(?=: .)/;

/**
 * Converts a path of the API to one of the port. The port has lists where the API has maps, so a key becomes an index.
 */
function ofPort(path: Path, { request }: CallFacts): Path {
  const ofSegment = path[0] === 'segmentAttributes' ? MEMBER_OF_SEGMENT.get(String(path[1])) : undefined;
  if (ofSegment !== undefined) return [ofSegment];
  const [member = '', entry, ...inside] = path.flatMap((part): Path => {
    const name = typeof part === 'number' ? part : portName(part);
    return name === undefined ? [] : [name];
  });
  const list: unknown = Reflect.get(request, member);
  if (!Array.isArray(list) || typeof path[1] !== 'string') {
    return [member, ...(entry === undefined ? [] : [entry]), ...inside];
  }
  const index = (list as readonly { key?: string; name?: string }[]).findIndex(
    ({ key, name }) => (key ?? name) === path[1],
  );
  // A key that the message shortened matches no entry.
  return index < 0 ? [member] : [member, index, ...inside];
}

/**
 * Parses a path such as Fields[0].Id.Name or References["Order"].Value. The first member begins in lower case, as in
 * the port.
 */
export function pathOf(text: string): Path {
  const parts = text.matchAll(/\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g);
  return [...parts].map(([part, key], index) => {
    if (key !== undefined) return textOf(key);
    if (/^\d{1,9}$/.test(part)) return Number(part);
    return index === 0 ? camelCase(part) : part;
  });
}

/** Parses quoted text as JSON; returns any other text unchanged. */
function textOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}

function shortened(text: string): string {
  return (text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`).toWellFormed();
}

/** Converts a property of PropertyValidationException. */
export function toPropertyViolation(
  { path, reason, message }: ServiceAnswer['properties'][number],
  call: CallFacts,
): PropertyViolation {
  const violation = toViolation(message, call, toPortPropertyPath(pathOf(path)));
  return reason === undefined ? violation : { ...violation, reason };
}
