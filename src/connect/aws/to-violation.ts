import type { Path, RuleId, Violation } from '../violation.js';
import type { CallFacts } from './call-facts.js';

/** The rule that a refusal by the service is told under: which of the API's rules it was, it does not say in a fixed form. */
const REFUSED: RuleId = 'api/service-refused';

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
  const limit = 'what Amazon Connect takes';
  const actual = 'a request that it refused';
  return {
    rule: REFUSED,
    path,
    limit,
    actual,
    message: words.trim() === '' ? 'Amazon Connect refused the request without saying why.' : shortened(words),
  };
}

/** Our own wire begins with the member and a colon; AWS's constraints name it as: at 'member'. */
function splitMessage(message: string, call: CallFacts): readonly [Path, string] {
  const ours = /^([A-Z]\w*(?:\.[^\s.:]+)*): (.+)$/s.exec(message);
  const theirs = /\bat '([^']+)'/.exec(message);
  const path = pathOf(ours?.[1] ?? theirs?.[1] ?? '');
  if (!call.members.includes(String(path[0]))) return [[], message];
  return [path, ours?.[2] ?? message];
}

/** Fields[0].Id.Name or References.0.value: the first letter of the member as in the port. */
export function pathOf(text: string): Path {
  const parts = text.split(/[.[\]]+/).filter(Boolean);
  return parts.map((part, index) => {
    if (/^\d{1,9}$/.test(part)) return Number(part);
    return index === 0 ? part.charAt(0).toLowerCase() + part.slice(1) : part;
  });
}

function shortened(text: string): string {
  return (text.length <= MAX_MESSAGE ? text : `${text.slice(0, MAX_MESSAGE)}…`).toWellFormed();
}
