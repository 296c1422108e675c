import { expect } from '@jest/globals';
import { DECISION, modelOf, must, type Rule, should } from '../rule.js';
import { UNKNOWN_ID, type World } from '../world.js';

const CHANGE = modelOf('UpdateContactTaskTemplate');

const change = (world: World, id: string, taskTemplateId: string) =>
  world.connect.updateContactTaskTemplate({ ...world.about(id), taskTemplateId });

/** Another template for an existing task. */
export const templateChangeRules: readonly Rule[] = [
  must(
    'template-changes/new',
    'give a task without a template one, and keep the rest',
    CHANGE,
    async (world) => {
      const id = await world.start({ name: 'stays', description: 'stays too' });
      await change(world, id, world.id('template'));
      expect(await world.contact(id)).toMatchObject({
        name: 'stays',
        description: 'stays too',
        taskTemplate: { id: world.id('template') },
      });
    },
    { needs: ['template'] },
  ),
  must(
    'template-changes/same',
    'refuse the template that the task has',
    CHANGE,
    async (world) => {
      const taskTemplateId = world.id('template');
      const id = await world.start({ taskTemplateId });
      expect(await world.refusal(change(world, id, taskTemplateId))).toMatchObject(
        world.expected('InvalidRequestException', ['api/another-task-template', ['taskTemplateId']]),
      );
    },
    { needs: ['template'] },
  ),
  must(
    'template-changes/required',
    'refuse a template whose required field the references of the task lack, and leave the task',
    CHANGE,
    async (world) => {
      for (const references of [[], [{ name: 'Customer', type: 'NUMBER', value: '1' }]]) {
        const id = await world.start({ references });
        const refusal = await world.refusal(change(world, id, world.id('templateWithFields')));
        expect(refusal).toMatchObject({ code: 'PropertyValidationException' });
        expect((await world.contact(id)).taskTemplate).toBeUndefined();
      }
      const id = await world.start({ references: [{ name: 'Customer', type: 'STRING', value: 'C-1001' }] });
      await change(world, id, world.id('templateWithFields'));
      expect(await world.contact(id)).toMatchObject({ taskTemplate: { id: world.id('templateWithFields') } });
    },
    { needs: ['templateWithFields'] },
  ),
  must(
    'template-changes/unknown',
    'not find an unknown template or contact',
    CHANGE,
    async (world) => {
      for (const [contactId, taskTemplateId, resource] of [
        [await world.start(), UNKNOWN_ID, 'TASK_TEMPLATE'],
        [UNKNOWN_ID, world.id('template'), 'CONTACT'],
      ] as const) {
        expect(await world.refusal(change(world, contactId, taskTemplateId))).toMatchObject({
          code: 'ResourceNotFoundException',
          fault: { resource },
        });
      }
    },
    { needs: ['template'] },
  ),
  should(
    'template-changes/inactive',
    'refuse an inactive template',
    DECISION,
    async (world) => {
      const id = await world.start();
      expect(await world.refusal(change(world, id, world.id('inactiveTemplate')))).toMatchObject(
        world.expected('InvalidRequestException', ['api/task-template-active', ['taskTemplateId']]),
      );
    },
    { needs: ['inactiveTemplate'] },
  ),
  must(
    'template-changes/ended',
    'refuse another template for a task that has ended',
    CHANGE,
    async (world) => {
      const id = await world.start();
      await world.connect.stopContact(world.about(id));
      expect(await world.refusal(change(world, id, world.id('template')))).toMatchObject({
        code: 'InvalidRequestException',
        fault: { code: 'IllegalState', state: 'COMPLETED' },
      });
    },
    { needs: ['template'] },
  ),
  must(
    'template-changes/connected',
    'refuse another template for a task that an agent has',
    CHANGE,
    async (world) => {
      const id = await world.waiting();
      await world.connect.associateContactWithUser({ ...world.about(id), userId: world.id('user') });
      expect(await world.refusal(change(world, id, world.id('template')))).toMatchObject({
        code: 'InvalidRequestException',
        fault: { code: 'IllegalState', state: 'CONNECTED' },
      });
    },
    { needs: ['queueing', 'queue', 'user', 'template'] },
  ),
  must(
    'template-changes/5',
    'change the template of a task 5 times, and no more',
    CHANGE,
    async (world) => {
      const templates = [world.id('template'), world.id('templateWithFields')] as const;
      const id = await world.start({ references: [{ name: 'Customer', type: 'STRING', value: 'C-1001' }] });
      for (let time = 0; time < 5; time++) await change(world, id, time % 2 ? templates[1] : templates[0]);
      expect(await world.refusal(change(world, id, templates[1]))).toMatchObject({
        quota: 'TEMPLATE_CHANGES',
        fault: { limit: 5 },
      });
      expect(await world.contact(id)).toMatchObject({ taskTemplate: { id: templates[0] } });
    },
    { needs: ['template', 'templateWithFields'] },
  ),
];
