import { expect } from '@jest/globals';
import { API, DECISION, guideOn, must, type Rule, should } from '../rule.js';
import type { Members } from '../world.js';

const TEMPLATES = guideOn('task templates');
const NEEDS = { needs: ['templateWithFields'] } as const;
const text = (name: string, value: string) => ({ name, type: 'STRING', value });
const customer = text('Customer', 'Doe');

const VIOLATIONS: readonly (readonly [id: string, what: string, members: Members])[] = [
  ['required', 'a required field without a value', {}],
  ['required-name', 'an empty name where the name is required', { name: '', references: [customer] }],
  ['option', 'a choice that is no option', { references: [customer, text('Priority', 'Urgent')] }],
  [
    'type',
    'a value of a type that is not the field’s',
    { references: [customer, text('Callback', 'https://example.com')] },
  ],
  ['read-only', 'another value for a read-only field', { references: [customer, text('Source', 'phone')] }],
];

/** Tasks from templates. */
export const templateRules: readonly Rule[] = [
  must(
    'templates/without-flow',
    'refuse a template that has no flow',
    API,
    async (world) => {
      const refusal = await world.refusal(world.start({ taskTemplateId: world.id('templateWithoutFlow') }));
      expect(refusal).toMatchObject(
        world.expected('InvalidRequestException', [
          'api/task-template-has-flow',
          ['taskTemplateId'],
          'a template without one',
        ]),
      );
    },
    { needs: ['templateWithoutFlow'] },
  ),
  should(
    'templates/inactive',
    'refuse an inactive template',
    TEMPLATES,
    async (world) => {
      const refusal = await world.refusal(world.start({ taskTemplateId: world.id('inactiveTemplate') }));
      expect(refusal).toMatchObject(
        world.expected('InvalidRequestException', [
          'api/task-template-active',
          ['taskTemplateId'],
          'a template that is INACTIVE',
        ]),
      );
    },
    { needs: ['inactiveTemplate'] },
  ),
  must(
    'templates/required-given',
    'start a task when each required field has a value',
    TEMPLATES,
    async (world) => {
      await world.start({ taskTemplateId: world.id('templateWithFields'), references: [customer] });
    },
    NEEDS,
  ),
  ...VIOLATIONS.map(([id, what, members]) =>
    should(
      `templates/${id}`,
      `refuse ${what}`,
      DECISION,
      async (world) => {
        const taskTemplateId = world.id('templateWithFields');
        expect(await world.refusedAs({ taskTemplateId, ...members })).toBe('InvalidRequestException');
      },
      NEEDS,
    ),
  ),
  should(
    'templates/read-only-default',
    'take the default of a read-only field as its value',
    DECISION,
    async (world) => {
      const references = [customer, text('Source', 'web'), text('Priority', 'High')];
      await world.start({ taskTemplateId: world.id('templateWithFields'), references });
    },
    NEEDS,
  ),
  should(
    'templates/other-references',
    'take references that are no field of the template',
    DECISION,
    async (world) => {
      const references = [customer, text('Something else', 'kept')];
      await world.start({ taskTemplateId: world.id('templateWithFields'), references });
    },
    NEEDS,
  ),
];
