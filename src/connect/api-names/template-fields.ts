import type { Path } from '../violation.js';
import { camelCase, pascalCase } from './members.js';

/** The API's paths of a template field's members. The port keeps on the field what the API keeps apart. */
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

/** The members of a field, by the first part of their path in the API. */
const BY_PLACE: ReadonlyMap<unknown, string> = new Map(
  Object.entries(ON_FIELD).map(([member, [first]]) => [first, member]),
);

/** Formats a path of CreateTaskTemplate as PropertyValidationException does: Fields[0].Id.Name. */
export function toApiPropertyPath([first = '', index, member, ...rest]: Path): string {
  if (first === 'fields' && index !== undefined && member !== undefined) {
    const place = ON_FIELD[member] ?? [pascalCase(String(member))];
    return APART[member] ?? joined(['Fields', index, ...place, ...rest]);
  }
  const others = [index, member, ...rest].filter((part) => part !== undefined);
  return joined([pascalCase(String(first)), ...others]);
}

/**
 * Returns the port's path for a path of PropertyValidationException. The path of a constraint or a default names no
 * field, so it becomes the path of all fields.
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
