import { camelCase, portName } from '../connect/api-names/members.js';
import { toPortPropertyPath } from '../connect/api-names/template-fields.js';
import type { PropertyViolation } from '../connect/errors.js';
import type { Path, RuleFacts, Violation } from '../connect/violation.js';
import type { CallFacts } from './call-facts.js';
import type { ServiceAnswer } from './service-answer.js';

/** Stands for every rule of the service, which does not name the rule that a request violates in a fixed form. */
export const serviceRefused: RuleFacts = {
  id: 'api/service-refused',
  limit: 'what Amazon Connect takes',
  source: 'API reference, common errors: InvalidParameterException and InvalidRequestException carry a text alone',
};

/** The part of the service's words that is passed on, in UTF-16 units. */
const MAX_MESSAGE = 500;

/**
 * States a refusal in the service's own words.
 *
 * @param message may be empty: the service was seen to say nothing
 * @param at where, where the service told that apart from its words
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

/** Our own wire begins with the member and a colon; AWS's constraints name it as: at 'member'. */
function splitMessage(message: string, call: CallFacts): readonly [Path, string] {
  const ours = OURS.exec(message)?.[0];
  const theirs = /\bat '([^']+)'/.exec(message)?.[1];
  const path = ours === undefined ? pathOf(theirs ?? '') : ofPort(pathOf(ours), call);
  if (!call.members.includes(String(path[0]))) return [[], message];
  return [path, ours === undefined ? message : message.slice(ours.length + 2)];
}

/** Where our own wire says that something is: SearchCriteria.QueueIds[0], References["Order"].Value. */
const OURS = /^[A-Z]\w*(?:\.\w+|\[\d+\]|\["(?:[^"\\]|\\.)*"\])*(?=: .)/;

/** The port has lists where the wire has maps: an entry's place for its key. */
function ofPort(path: Path, { request }: CallFacts): Path {
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
  // A key that was too long to be told in full is none of them.
  return index < 0 ? [member] : [member, index, ...inside];
}

/** Fields[0].Id.Name or References["Order"].Value: the first letter of the member as in the port. */
export function pathOf(text: string): Path {
  const parts = text.matchAll(/\[("(?:[^"\\]|\\.)*")\]|[^.[\]]+/g);
  return [...parts].map(([part, key], index) => {
    if (key !== undefined) return textOf(key);
    if (/^\d{1,9}$/.test(part)) return Number(part);
    return index === 0 ? camelCase(part) : part;
  });
}

/** Text in quotes, as JSON has it; what is not such text stays as it is. */
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

/** A property that PropertyValidationException lists, as the port tells it. */
export function toPropertyViolation(
  { path, reason, message }: ServiceAnswer['properties'][number],
  call: CallFacts,
): PropertyViolation {
  const violation = toViolation(message, call, toPortPropertyPath(pathOf(path)));
  return reason === undefined ? violation : { ...violation, reason };
}
