import {
  TASK_TEMPLATE_DEFAULT_LENGTH,
  TASK_TEMPLATE_DEFAULTS,
  TASK_TEMPLATE_DESCRIPTION_LENGTH,
  TASK_TEMPLATE_FIELD_NAME_LENGTH,
  TASK_TEMPLATE_NAME_LENGTH,
  TASK_TEMPLATE_OPTION_LENGTH,
} from '../../connect/limits.js';
import {
  type CreateTaskTemplateRequest,
  TASK_TEMPLATE_FIELD_TYPES,
  TASK_TEMPLATE_STATUSES,
  type TaskTemplateField,
} from '../../connect/task-template.js';
import type { RuleId } from '../../connect/violation.js';
import { finding, type MemberRules, NO_FINDINGS, type Rule } from '../rule.js';
import { clientTokenLength, contactFlowIdLength, idNotEmpty, instanceIdLength } from '../rules/identifiers.js';
import { eachItem } from '../rules/lists.js';
import { lengthRule, storableText } from '../rules/text.js';
import { excerpt, plural } from '../text.js';

const SOURCE = 'Service model, TaskTemplateField';

/** Applies a rule to a text of each field; a field without that text satisfies it. */
function ofField(rule: Rule<string>, member: 'name' | 'type' | 'description' | 'defaultValue') {
  return eachItem<TaskTemplateField>(rule, (field) => {
    const text = field[member];
    if (text === undefined) return NO_FINDINGS;
    return rule.check(text).map(({ actual }) => ({ path: [member], actual }));
  });
}

/** Applies a rule to each choice of each field. */
function ofOptions(rule: Rule<string>) {
  return eachItem<TaskTemplateField>(rule, ({ options = [] }) =>
    options.flatMap((option, index) => rule.check(option).map(({ actual }) => ({ path: ['options', index], actual }))),
  );
}

const length = (id: RuleId, bounds: { readonly min: number; readonly max: number }, what: string) =>
  lengthRule(id, bounds, `Service model, ${what}: length ${bounds.min} to ${bounds.max}`);

/** Makes a rule that a text is one of `allowed`. */
function oneOf(id: RuleId, allowed: readonly string[], source: string): Rule<string> {
  return {
    id,
    limit: `one of ${allowed.join(', ')}`,
    source,
    check: (text) => (allowed.includes(text) ? NO_FINDINGS : finding(excerpt(text))),
  };
}

const nameLength = length('api/task-template-name-length', TASK_TEMPLATE_NAME_LENGTH, 'TaskTemplateName');
const status = oneOf('api/task-template-status', TASK_TEMPLATE_STATUSES, 'Service model, TaskTemplateStatus');

const description = length(
  'api/task-template-description-length',
  TASK_TEMPLATE_DESCRIPTION_LENGTH,
  'TaskTemplateDescription',
);

/** Bounds the characters of a choice. */
const optionAlphabet: Rule<string> = {
  id: 'api/task-template-option-alphabet',
  limit: 'letters and digits, with _ . , - and spaces between them',
  source: 'Service model, TaskTemplateSingleSelectOption: pattern',
  check: (option) =>
    /^[A-Za-z0-9](?:[A-Za-z0-9_.,\s-]*[A-Za-z0-9_.,-])?$/.test(option) ? NO_FINDINGS : finding(excerpt(option)),
};

/** Bounds the number of defaults in a template. */
const defaultsCount: Rule<readonly TaskTemplateField[]> = {
  id: 'api/task-template-defaults',
  limit: `at most ${TASK_TEMPLATE_DEFAULTS} fields with a default`,
  source: 'Service model, TaskTemplateDefaultFieldValueList: at most 50',
  check(fields) {
    const count = fields.filter(({ defaultValue }) => defaultValue !== undefined).length;
    return count <= TASK_TEMPLATE_DEFAULTS ? NO_FINDINGS : finding(plural(count, 'default'));
  },
};

/** The rules of each member of CreateTaskTemplate, independent of the other members. */
export const createTaskTemplateRules: MemberRules<CreateTaskTemplateRequest> = {
  instanceId: [instanceIdLength, storableText],
  name: [nameLength, storableText],
  description: [description, storableText],
  contactFlowId: [contactFlowIdLength, idNotEmpty, storableText],
  selfAssignFlowId: [contactFlowIdLength, idNotEmpty, storableText],
  status: [status],
  clientToken: [clientTokenLength, storableText],
  fields: [
    ofField(
      length('api/task-template-field-name-length', TASK_TEMPLATE_FIELD_NAME_LENGTH, 'TaskTemplateFieldName'),
      'name',
    ),
    ofField(storableText, 'name'),
    ofField(oneOf('api/task-template-field-type', TASK_TEMPLATE_FIELD_TYPES, SOURCE), 'type'),
    ofField(description, 'description'),
    ofField(storableText, 'description'),
    ofField(
      length('api/task-template-default-length', TASK_TEMPLATE_DEFAULT_LENGTH, 'TaskTemplateFieldValue'),
      'defaultValue',
    ),
    ofField(storableText, 'defaultValue'),
    ofOptions(length('api/task-template-option-length', TASK_TEMPLATE_OPTION_LENGTH, 'TaskTemplateSingleSelectOption')),
    ofOptions(optionAlphabet),
    defaultsCount,
  ],
};
