import { describe, expect, it } from '@jest/globals';
import type { RuleFacts } from '../../src/validation/rule.js';
import { startTaskContactRules } from '../../src/validation/requests/start-task-contact.js';
import { createTaskTemplateRules } from '../../src/validation/requests/create-task-template.js';

/** The rules that CreateTaskTemplate adds to those of StartTaskContact. Clients rely on ids; none may change its meaning. */
const RULES = [
  ['api/task-template-name-length', '1 to 100 characters'],
  ['api/task-template-description-length', '1 to 255 characters'],
  ['api/task-template-status', 'one of ACTIVE, INACTIVE'],
  ['api/task-template-field-name-length', '1 to 100 characters'],
  [
    'api/task-template-field-type',
    'one of NAME, DESCRIPTION, SCHEDULED_TIME, QUICK_CONNECT, URL, NUMBER, TEXT, TEXT_AREA, DATE_TIME, BOOLEAN, SINGLE_SELECT, EMAIL, SELF_ASSIGN, EXPIRY_DURATION',
  ],
  ['api/task-template-default-length', '0 to 4096 characters'],
  ['api/task-template-option-length', '1 to 100 characters'],
  ['api/task-template-option-alphabet', 'letters and digits, with _ . , - and spaces between them'],
  ['api/task-template-defaults', 'at most 50 fields with a default'],
];

describe('The rules of task templates', () => {
  it('have fixed ids, limits and sources', () => {
    const ofCreation = new Set(
      Object.values(startTaskContactRules).flatMap((rules) => rules.map(({ id }) => id as string)),
    );
    const all = Object.values(createTaskTemplateRules).flat() as readonly RuleFacts[];
    const added = new Map(all.filter(({ id }) => !ofCreation.has(id)).map((rule) => [rule.id, rule.limit]));
    expect([...added]).toEqual(RULES);
    for (const { source } of all) expect(source).not.toBe('');
  });
});
