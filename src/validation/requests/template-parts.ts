import type { PropertyReason, PropertyViolation } from '../../connect/errors.js';
import { TASK_TEMPLATE_CUSTOM_FIELDS } from '../../connect/limits.js';
import type {
  CreateTaskTemplateRequest,
  TaskTemplateField,
  TaskTemplateFieldType,
} from '../../connect/task-template.js';
import type { Path, RuleFacts } from '../../connect/violation.js';
import { violationOf } from '../rule.js';
import { expiryMinutesRange, nameLength } from '../rules/task.js';
import { excerpt, plural } from '../text.js';
import { flawOfValue } from './template-values.js';

const SOURCE = 'CreateTaskTemplate; administrator guide, task templates';

/** A template has one field that names the task. */
export const templateOneNameField: RuleFacts = {
  id: 'api/task-template-one-name-field',
  limit: 'exactly one field of type NAME',
  source: SOURCE,
};

/** The field of the name is required: optional in the model, but required by the service. */
export const templateNameRequired: RuleFacts = {
  id: 'api/task-template-name-required',
  limit: 'the field of type NAME among the required ones',
  source: SOURCE,
};

/** The name of a field identifies it (Decision). */
export const templateFieldUnique: RuleFacts = {
  id: 'engine/task-template-field-unique',
  limit: 'each field name once',
  source: 'Decision: constraints and defaults name existing fields',
};

/** A template has a bounded number of custom fields. */
export const templateCustomFields: RuleFacts = {
  id: 'api/task-template-custom-fields',
  limit: `at most ${TASK_TEMPLATE_CUSTOM_FIELDS} custom fields`,
  source: 'Amazon Connect service quotas',
};

/** A template states where its tasks go. */
export const templateLeadsToFlow: RuleFacts = {
  id: 'api/task-template-leads-to-flow',
  limit: 'a contact flow, or a field of type QUICK_CONNECT',
  source: SOURCE,
};

/** A default stands for a value of a task, so that its field must accept it (Decision). */
export const templateDefaultFits: RuleFacts = {
  id: 'engine/task-template-default-fits',
  limit: 'defaults that their fields can hold',
  source: 'Decision: a default follows the same rules as a value in a request',
};

/** Field types of every template; the others are custom (Decision: a reading of the quota). */
const STANDARD: readonly TaskTemplateFieldType[] = [
  'NAME',
  'DESCRIPTION',
  'SCHEDULED_TIME',
  'QUICK_CONNECT',
  'SELF_ASSIGN',
  'EXPIRY_DURATION',
];

/** Makes a violation by a template, with the API's reason. */
export function flaw(rule: RuleFacts, path: Path, actual: string, reason: PropertyReason): PropertyViolation {
  return { ...violationOf(rule, path, actual), reason };
}

/** Checks the parts of a template together. */
export function flawsOf({ fields, contactFlowId }: CreateTaskTemplateRequest): readonly PropertyViolation[] {
  const flaws: PropertyViolation[] = [];
  const names = fields.filter(({ type }) => type === 'NAME');
  const [name] = names;
  if (name === undefined) flaws.push(flaw(templateOneNameField, ['fields'], 'none', 'REQUIRED_PROPERTY_MISSING'));
  else if (names.length > 1) {
    flaws.push(flaw(templateOneNameField, ['fields'], String(names.length), 'UNIQUE_CONSTRAINT_VIOLATED'));
  } else if (!name.required) {
    const path = ['fields', fields.indexOf(name), 'required'];
    flaws.push(flaw(templateNameRequired, path, 'one that is not', 'REQUIRED_PROPERTY_MISSING'));
  }
  const seen = new Set<string>();
  fields.forEach((field, index) => {
    if (seen.has(field.name)) {
      const actual = `${excerpt(field.name)} again`;
      flaws.push(flaw(templateFieldUnique, ['fields', index, 'name'], actual, 'UNIQUE_CONSTRAINT_VIOLATED'));
    }
    seen.add(field.name);
  });
  const custom = fields.filter(({ type }) => !STANDARD.includes(type)).length;
  if (custom > TASK_TEMPLATE_CUSTOM_FIELDS) {
    flaws.push(flaw(templateCustomFields, ['fields'], plural(custom, 'custom field'), 'NOT_SUPPORTED'));
  }
  if (contactFlowId === undefined && !fields.some(({ type }) => type === 'QUICK_CONNECT')) {
    flaws.push(flaw(templateLeadsToFlow, ['contactFlowId'], 'neither', 'REQUIRED_PROPERTY_MISSING'));
  }
  fields.forEach((field, index) => {
    const unfit = flawOfDefault(field);
    if (unfit === undefined) return;
    const path = ['fields', index, 'defaultValue'];
    flaws.push(flaw(templateDefaultFits, path, `${excerpt(field.defaultValue ?? '')}: ${unfit}`, 'INVALID_FORMAT'));
  });
  return flaws;
}

/** Returns why a field refuses its default; undefined if it accepts it. An empty default counts as absent. */
function flawOfDefault(field: TaskTemplateField): string | undefined {
  const { type, defaultValue } = field;
  if (!defaultValue) return undefined;
  if (type === 'NAME') return nameLength.check(defaultValue).length === 0 ? undefined : `not ${nameLength.limit}`;
  if (type === 'EXPIRY_DURATION') {
    const fits = /^\d+$/.test(defaultValue) && expiryMinutesRange.check(Number(defaultValue)).length === 0;
    return fits ? undefined : `not ${expiryMinutesRange.limit}`;
  }
  return flawOfValue(field, defaultValue);
}
