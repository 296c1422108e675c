import { violationOf } from '../rule.js';
import { hasFormat } from '../rules/references.js';
import { countCharacters, excerpt } from '../text.js';
import { TEMPLATE_TEXT_AREA_LENGTH, TEMPLATE_TEXT_LENGTH } from '../../connect/limits.js';
import type { Reference, ReferenceType } from '../../connect/contact.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import type { Path, RuleFacts, Violation } from '../../connect/violation.js';
import type { TaskTemplateField, TaskTemplateFieldType } from '../../connect/task-template.js';

const SOURCE = 'Administrator guide, task templates. Decision: the API enforces them';

/** A required field has a value, by the request or by default. */
export const templateRequiredField: RuleFacts = {
  id: 'engine/template-required-field',
  limit: 'a value for each required field of the task template',
  source: SOURCE,
};

/** A field's value comes as a reference of the type that belongs to the field. */
export const templateFieldType: RuleFacts = {
  id: 'engine/template-field-type',
  limit: 'references of the types that the task template gives to its fields',
  source: SOURCE,
};

/** A field accepts the value of the request. */
export const templateFieldValue: RuleFacts = {
  id: 'engine/template-field-value',
  limit: 'values that the fields of the task template can hold',
  source: SOURCE,
};

/** A read-only field keeps its default. */
export const templateReadOnlyField: RuleFacts = {
  id: 'engine/template-read-only-field',
  limit: 'the default value in each read-only field of the task template',
  source: SOURCE,
};

/** Request members that a template's fields fill or check. */
export type TemplateValues = Pick<
  StartTaskContactRequest,
  'name' | 'description' | 'scheduledTime' | 'expiryMinutes' | 'references' | 'assignmentType'
>;

/**
 * The rules that check a template's values. `stated`: those of the documents (required fields, choices, read-only fields),
 * for a real instance, which decides the rest itself. `engine`: also types, formats and the two values of a BOOLEAN.
 */
export type TemplateReading = 'stated' | 'engine';

/** The type of the reference that holds a field's value. Fields with a member of their own in the request are absent. */
const REFERENCE_OF: { readonly [Type in TaskTemplateFieldType]?: ReferenceType } = {
  URL: 'URL',
  NUMBER: 'NUMBER',
  EMAIL: 'EMAIL',
  DATE_TIME: 'DATE',
  TEXT: 'STRING',
  TEXT_AREA: 'STRING',
  BOOLEAN: 'STRING',
  SINGLE_SELECT: 'STRING',
};

/** Characters of a value, for the types of fields that bound them. */
const LENGTH_OF: { readonly [Type in TaskTemplateFieldType]?: { readonly max: number } } = {
  TEXT: TEMPLATE_TEXT_LENGTH,
  TEXT_AREA: TEMPLATE_TEXT_AREA_LENGTH,
};

/**
 * Adds a template's defaults to a request and checks the result by the template's constraints, all fields at once. References
 * that are no field of the template pass.
 *
 * @param reading the rules that apply. Default: all
 */
export function applyTemplate(
  fields: readonly TaskTemplateField[],
  values: TemplateValues,
  reading: TemplateReading = 'engine',
): { readonly values: TemplateValues } | { readonly violations: readonly Violation[] } {
  const violations: Violation[] = [];
  const added: Reference[] = [];
  let { name, description, scheduledTime, expiryMinutes } = values;
  for (const field of fields) {
    const { defaultValue } = field;
    switch (field.type) {
      case 'NAME':
        // The API requires a name, so that a caller leaves it to the template by an empty one.
        violations.push(...checkText(field, name, ['name']));
        name ||= defaultValue ?? '';
        break;
      case 'DESCRIPTION':
        violations.push(...checkText(field, description, ['description']));
        description ||= defaultValue ?? description;
        break;
      case 'SCHEDULED_TIME':
        violations.push(...checkPresence(field, scheduledTime !== undefined, ['scheduledTime']));
        break;
      case 'EXPIRY_DURATION':
        violations.push(...checkText(field, expiryMinutes?.toString(), ['expiryMinutes']));
        expiryMinutes ??= defaultValue ? Number(defaultValue) : undefined;
        break;
      case 'SELF_ASSIGN':
        // A default cannot replace it, because only the request names the creator.
        violations.push(...checkPresence(field, values.assignmentType !== undefined, ['assignmentType']));
        break;
      case 'QUICK_CONNECT':
        // A request has no member for it beside a template.
        break;
      default: {
        const type = REFERENCE_OF[field.type];
        if (type === undefined) break;
        const index = values.references?.findIndex((reference) => reference.name === field.name) ?? -1;
        const given = values.references?.[index];
        if (given !== undefined) violations.push(...checkReference(field, type, given, ['references', index], reading));
        else if (defaultValue) added.push({ name: field.name, type, value: defaultValue });
        else violations.push(...checkPresence(field, false, ['references']));
      }
    }
  }
  if (violations.length > 0) return { violations };
  const references = added.length === 0 ? values.references : [...(values.references ?? []), ...added];
  return { values: { name, ...defined({ description, scheduledTime, expiryMinutes, references }) } };
}

function checkText(field: TaskTemplateField, text: string | undefined, at: Path): readonly Violation[] {
  return text ? checkReadOnly(field, text, at) : checkPresence(field, false, at);
}

function checkPresence(field: TaskTemplateField, isThere: boolean, at: Path): readonly Violation[] {
  if (isThere || !field.required || field.defaultValue) return [];
  return [about(field, violationOf(templateRequiredField, at, `none for the field ${excerpt(field.name)}`))];
}

function checkReference(
  field: TaskTemplateField,
  type: ReferenceType,
  given: Reference,
  at: Path,
  reading: TemplateReading,
): readonly Violation[] {
  if (reading === 'engine' && given.type !== type) {
    const actual = `${given.type} for ${excerpt(field.name)}, which takes ${type}`;
    return [about(field, violationOf(templateFieldType, [...at, 'type'], actual))];
  }
  const flaw = flawOfValue(field, given.value, reading);
  if (flaw !== undefined) {
    return [about(field, violationOf(templateFieldValue, [...at, 'value'], `${excerpt(given.value)}: ${flaw}`))];
  }
  return checkReadOnly(field, given.value, [...at, 'value']);
}

function checkReadOnly(field: TaskTemplateField, value: string, at: Path): readonly Violation[] {
  const { readOnly, defaultValue } = field;
  if (!readOnly || defaultValue === undefined || value === defaultValue) return [];
  const actual = `${excerpt(value)} in ${excerpt(field.name)}, which is ${excerpt(defaultValue)}`;
  return [about(field, violationOf(templateReadOnlyField, at, actual))];
}

/** Adds the name of the template's field to a violation. */
function about({ name }: TaskTemplateField, violation: Violation): Violation {
  return { ...violation, templateField: name };
}

/**
 * Returns why a field refuses a value; undefined if it accepts the value, and for fields whose values are no references.
 *
 * @param reading the rules that apply. Default: all
 */
export function flawOfValue(
  field: TaskTemplateField,
  value: string,
  reading: TemplateReading = 'engine',
): string | undefined {
  const type = REFERENCE_OF[field.type];
  if (type === undefined) return undefined;
  if (value === '' && field.required) return `the field ${excerpt(field.name)} must not be empty`;
  if (field.type === 'SINGLE_SELECT' && !(field.options ?? []).includes(value)) {
    return `the field ${excerpt(field.name)} takes one of ${(field.options ?? []).join(', ')}`;
  }
  if (reading !== 'engine') return undefined;
  if (field.type === 'BOOLEAN' && value !== 'true' && value !== 'false') {
    return `the field ${excerpt(field.name)} takes true or false`;
  }
  const length = LENGTH_OF[field.type];
  if (length !== undefined && countCharacters(value) > length.max) {
    return `the field ${excerpt(field.name)} takes at most ${length.max} characters`;
  }
  return hasFormat(type, value) ? undefined : `not the format of a ${type} reference`;
}

function defined<Members extends object>(members: Members): { [Name in keyof Members]?: NonNullable<Members[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Members]?: NonNullable<Members[Name]>;
  };
}

/**
 * Checks whether the references of an existing task fit the fields of another template. Its defaults do not count, because
 * nothing fills them in then.
 */
export function checkTemplateFit(
  fields: readonly TaskTemplateField[],
  references: readonly Reference[],
): readonly Violation[] {
  const held = fields
    .filter(({ type }) => REFERENCE_OF[type] !== undefined)
    .map(({ defaultValue, ...field }) => ({ ...field, readOnly: false }));
  const fitted = applyTemplate(held, { name: '', references });
  return 'violations' in fitted ? fitted.violations : [];
}
