import type { PropertyViolation } from '../connect/errors.js';
import type { Path } from '../connect/violation.js';
import type { CallFacts } from './call-facts.js';
import type { ServiceAnswer } from './service-answer.js';
import { pathOf, toViolation } from './to-violation.js';

/** A property that PropertyValidationException lists, as the port tells it. */
export function toPropertyViolation(
  { path, reason, message }: ServiceAnswer['properties'][number],
  call: CallFacts,
): PropertyViolation {
  const violation = toViolation(message, call, inPort(pathOf(path)));
  return reason === undefined ? violation : { ...violation, reason };
}

/** What the API calls the members of a template's field. */
const OF_FIELD: Readonly<Record<string, string>> = {
  Id: 'name',
  Type: 'type',
  Description: 'description',
  SingleSelectOptions: 'options',
};

/** Constraints and defaults stand on the fields in the port: they are told as the fields' own. */
function inPort(path: Path): Path {
  const [list, index, member, ...rest] = path;
  if (list === 'constraints' || list === 'defaults') return ['fields'];
  const known = list === 'fields' && member !== undefined ? OF_FIELD[member] : undefined;
  if (index === undefined || known === undefined) return path;
  return ['fields', index, known, ...(known === 'options' ? rest : [])];
}
