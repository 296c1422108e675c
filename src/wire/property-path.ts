import type { Path } from '../connect/violation.js';

/** What the wire calls the members of a template's field; the port gathers on it what the wire tells apart. */
const OF_FIELD: Readonly<Record<string, string>> = {
  name: '.Id.Name',
  type: '.Type',
  description: '.Description',
  options: '.SingleSelectOptions',
};

const APART: Readonly<Record<string, string>> = {
  required: 'Constraints.RequiredFields',
  readOnly: 'Constraints.ReadOnlyFields',
  invisible: 'Constraints.InvisibleFields',
  defaultValue: 'Defaults.DefaultFieldValues',
};

/** The path of a property as PropertyValidationException tells it: Fields[0].Id.Name. */
export function propertyPath(path: Path): string {
  const [list, index, member, ...rest] = path;
  if (list === 'fields' && index !== undefined && member !== undefined) {
    const apart = APART[member];
    return apart ?? joined([`Fields[${index}]${OF_FIELD[member] ?? `.${pascalCase(String(member))}`}`, ...rest]);
  }
  const [first = '', ...others] = path;
  return joined([pascalCase(String(first)), ...others]);
}

function joined([first, ...rest]: Path): string {
  return rest.reduce<string>(
    (text, part) => text + (typeof part === 'number' ? `[${part}]` : `.${part}`),
    String(first),
  );
}

function pascalCase(member: string): string {
  return member.charAt(0).toUpperCase() + member.slice(1);
}
