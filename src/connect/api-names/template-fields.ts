import type { Path } from '../violation.js';
import { camelCase, pascalCase } from './members.js';

/** Where the API has the members of a template's field: the port gathers on the field what the API keeps apart. */
const ON_FIELD: Readonly<Record<string, Path>> = {
  name: ['Id', 'Name'],
  type: ['Type'],
  description: ['Description'],
  options: ['SingleSelectOptions'],
};

const APART: Readonly<Record<string, string>> = {
  required: 'Constraints.RequiredFields',
  readOnly: 'Constraints.ReadOnlyFields',
  invisible: 'Constraints.InvisibleFields',
  defaultValue: 'Defaults.DefaultFieldValues',
};

/** The members of a field by the first part of their place in the API. */
const BY_PLACE: ReadonlyMap<unknown, string> = new Map(
  Object.entries(ON_FIELD).map(([member, [first]]) => [first, member]),
);

/** Writes a path of CreateTaskTemplate as PropertyValidationException has it: Fields[0].Id.Name. */
export function toApiPropertyPath([first = '', index, member, ...rest]: Path): string {
  if (first === 'fields' && index !== undefined && member !== undefined) {
    const place = ON_FIELD[member] ?? [pascalCase(String(member))];
    return APART[member] ?? joined(['Fields', index, ...place, ...rest]);
  }
  const others = [index, member, ...rest].filter((part) => part !== undefined);
  return joined([pascalCase(String(first)), ...others]);
}

/**
 * Returns a path of PropertyValidationException as the port has it. A constraint or a default has no field in its path, so
 * that it is one of all fields.
 */
export function toPortPropertyPath([first = '', index, place, ...rest]: Path): Path {
  const list = camelCase(String(first));
  if (list === 'constraints' || list === 'defaults') return ['fields'];
  const member = list === 'fields' ? BY_PLACE.get(place) : undefined;
  if (index === undefined || member === undefined) {
    return [list, index, place, ...rest].filter((part) => part !== undefined);
  }
  return ['fields', index, member, ...(member === 'options' ? rest : [])];
}

function joined([first, ...rest]: Path): string {
  return rest.reduce<string>(
    (text, part) => text + (typeof part === 'number' ? `[${part}]` : `.${part}`),
    String(first),
  );
}
