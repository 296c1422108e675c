import { describe, expect, it } from '@jest/globals';
import type { CreateTaskTemplateRequest } from '../../../src/connect/task-template.js';
import { DAY, NOW, openTestEngine, refusal, SAMPLE, UNKNOWN_ID } from '../../support/engine.js';
import { field, taskTemplate } from '../../support/resources.js';

const { instanceId, instanceArn } = SAMPLE;
const NAME = field('Title', 'NAME', { required: true });

function template(members: Partial<CreateTaskTemplateRequest> = {}): CreateTaskTemplateRequest {
  return { instanceId, name: 'New', contactFlowId: SAMPLE.contactFlow, fields: [NAME], ...members };
}

describe('CreateTaskTemplate', () => {
  it('makes a template that is read back as it was stated, and that tasks can be made from', async () => {
    await using test = await openTestEngine();
    const fields = [NAME, field('Kind', 'SINGLE_SELECT', { options: ['A', 'B c'], defaultValue: 'A', readOnly: true })];
    const asked = template({ fields, description: 'For calls', selfAssignFlowId: SAMPLE.contactFlow });
    const { id, arn } = await test.engine.createTaskTemplate(asked);
    expect(arn).toBe(`${instanceArn}/task-template/${id}`);
    await test.reopen();
    expect(await test.engine.getTaskTemplates({ instanceId, taskTemplateIds: [arn] })).toEqual([
      {
        ...asked,
        id,
        arn,
        status: 'ACTIVE',
        createdAt: new Date(NOW),
        updatedAt: new Date(NOW),
      },
    ]);
    const task = await test.contact(await test.start({ taskTemplateId: id }));
    expect(task.references).toEqual([{ name: 'Kind', type: 'STRING', value: 'A' }]);
  });

  it.each<[string, Partial<CreateTaskTemplateRequest>, string, string, string]>([
    ['no NAME field', { fields: [] }, 'api/task-template-one-name-field', 'fields', 'REQUIRED_PROPERTY_MISSING'],
    [
      'two NAME fields',
      { fields: [NAME, field('Other', 'NAME', { required: true })] },
      'api/task-template-one-name-field',
      'fields',
      'UNIQUE_CONSTRAINT_VIOLATED',
    ],
    [
      'a NAME field that is not required',
      { fields: [field('Title', 'NAME')] },
      'api/task-template-name-required',
      'fields.0.required',
      'REQUIRED_PROPERTY_MISSING',
    ],
    [
      'a field twice',
      { fields: [NAME, field('Title', 'TEXT')] },
      'engine/task-template-field-unique',
      'fields.1.name',
      'UNIQUE_CONSTRAINT_VIOLATED',
    ],
    [
      '51 custom fields',
      { fields: [NAME, ...Array.from({ length: 51 }, (_, index) => field(`f${index}`, 'TEXT'))] },
      'api/task-template-custom-fields',
      'fields',
      'NOT_SUPPORTED',
    ],
    [
      'a default of an expiry that is no number of minutes',
      { fields: [NAME, field('Ends', 'EXPIRY_DURATION', { defaultValue: '129601' })] },
      'engine/task-template-default-fits',
      'fields.1.defaultValue',
      'INVALID_FORMAT',
    ],
    [
      'a default that is none of the choices',
      { fields: [NAME, field('Kind', 'SINGLE_SELECT', { options: ['A'], defaultValue: 'B' })] },
      'engine/task-template-default-fits',
      'fields.1.defaultValue',
      'INVALID_FORMAT',
    ],
    [
      'a default that is no URL',
      { fields: [NAME, field('Page', 'URL', { defaultValue: 'page' })] },
      'engine/task-template-default-fits',
      'fields.1.defaultValue',
      'INVALID_FORMAT',
    ],
    [
      'a default of the name that no name may be',
      { fields: [{ ...NAME, defaultValue: 'x'.repeat(513) }] },
      'engine/task-template-default-fits',
      'fields.0.defaultValue',
      'INVALID_FORMAT',
    ],
    [
      'an unknown flow',
      { contactFlowId: UNKNOWN_ID },
      'api/task-template-flow-exists',
      'contactFlowId',
      'REFERENCED_RESOURCE_NOT_FOUND',
    ],
    [
      'a name that is taken',
      { name: 'Sample template' },
      'api/task-template-name-free',
      'name',
      'RESOURCE_NAME_ALREADY_EXISTS',
    ],
  ])('refuses %s', async (_case, members, rule, path, reason) => {
    await using test = await openTestEngine();
    const error = await refusal(test.engine.createTaskTemplate(template(members)));
    if (error.code !== 'PropertyValidationException') throw error;
    expect(error.violations.map((one) => [one.rule, one.path.join('.'), one.reason])).toEqual([[rule, path, reason]]);
    expect((await test.engine.listTaskTemplates({ instanceId })).items).toHaveLength(4);
  });

  it('needs a flow, or a field of type QUICK_CONNECT; takes 50 custom fields', async () => {
    await using test = await openTestEngine();
    const { contactFlowId, ...without } = template();
    expect(await refusal(test.engine.createTaskTemplate(without))).toMatchObject({
      code: 'PropertyValidationException',
      violations: [{ rule: 'api/task-template-leads-to-flow', path: ['contactFlowId'] }],
    });
    const custom = Array.from({ length: 50 }, (_, index) => field(`f${index}`, 'TEXT'));
    const fields = [NAME, field('Whom', 'QUICK_CONNECT'), ...custom];
    expect((await test.engine.createTaskTemplate({ ...without, fields })).id).toBeTruthy();
  });

  it.each<[Partial<CreateTaskTemplateRequest>, string, string]>([
    [{ name: '' }, 'name', 'api/task-template-name-length'],
    [{ name: 'x'.repeat(101) }, 'name', 'api/task-template-name-length'],
    [{ description: '' }, 'description', 'api/task-template-description-length'],
    [{ description: 'x'.repeat(256) }, 'description', 'api/task-template-description-length'],
    [{ contactFlowId: '' }, 'contactFlowId', 'gateway/id-not-empty'],
    [{ contactFlowId: `${instanceArn}/queue/x` }, 'contactFlowId', 'gateway/arn-of-this-instance'],
    [{ status: 'OLD' as 'ACTIVE' }, 'status', 'api/task-template-status'],
    [{ clientToken: 'x'.repeat(501) }, 'clientToken', 'api/client-token-length'],
    [{ fields: [NAME, field('', 'TEXT')] }, 'fields.1.name', 'api/task-template-field-name-length'],
    [{ fields: [NAME, field('\0', 'TEXT')] }, 'fields.1.name', 'gateway/storable-text'],
    [{ fields: [NAME, field('x', 'VOICE' as 'TEXT')] }, 'fields.1.type', 'api/task-template-field-type'],
    [
      { fields: [NAME, field('x', 'TEXT', { description: '' })] },
      'fields.1.description',
      'api/task-template-description-length',
    ],
    [
      { fields: [NAME, field('x', 'TEXT', { defaultValue: 'x'.repeat(4097) })] },
      'fields.1.defaultValue',
      'api/task-template-default-length',
    ],
    [
      { fields: [NAME, field('x', 'SINGLE_SELECT', { options: ['a', ' b'] })] },
      'fields.1.options.1',
      'api/task-template-option-alphabet',
    ],
    [
      { fields: [NAME, field('x', 'SINGLE_SELECT', { options: ['a', 'b'.repeat(101)] })] },
      'fields.1.options.1',
      'api/task-template-option-length',
    ],
    [
      { fields: Array.from({ length: 51 }, (_, index) => field(`f${index}`, 'TEXT', { defaultValue: '' })) },
      'fields',
      'api/task-template-defaults',
    ],
  ])('refuses %j at %s by the rule %s', async (members, path, rule) => {
    await using test = await openTestEngine();
    const error = await refusal(test.engine.createTaskTemplate(template(members)));
    expect(error.code).toBe('InvalidParameterException');
    expect('violations' in error && error.violations.map((one) => [one.path.join('.'), one.rule])).toEqual([
      [path, rule],
    ]);
  });

  it('answers a client token again for a week, and refuses it with other parameters', async () => {
    await using test = await openTestEngine();
    const asked = template({ clientToken: 'token' });
    const first = await test.engine.createTaskTemplate(asked);
    const arns = { instanceId: instanceArn, contactFlowId: `${instanceArn}/contact-flow/${SAMPLE.contactFlow}` };
    expect(await test.engine.createTaskTemplate({ ...asked, ...arns, status: 'ACTIVE' })).toEqual(first);
    const other = test.engine.createTaskTemplate({ ...asked, name: 'Other' });
    expect(await refusal(other)).toMatchObject({
      code: 'PropertyValidationException',
      violations: [
        {
          rule: 'engine/task-template-client-token',
          path: ['clientToken'],
          actual: 'one that was',
          reason: 'UNIQUE_CONSTRAINT_VIOLATED',
        },
      ],
    });
    test.clock.now += 7 * DAY;
    expect(await refusal(test.engine.createTaskTemplate(asked))).toMatchObject({ violations: [{ path: ['name'] }] });
  });

  it('makes one of many of the same name, and at most 50 in an instance when callers come at once', async () => {
    const taskTemplates = Array.from({ length: 45 }, (_, index) => taskTemplate(`t${index}`, [NAME]));
    await using test = await openTestEngine({ content: { taskTemplates } });
    const names = ['a', 'a', 'a', 'b'];
    const outcomes = await Promise.allSettled(names.map((name) => test.engine.createTaskTemplate(template({ name }))));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await refusal(test.engine.createTaskTemplate(template({ name: 'c' })))).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'TASK_TEMPLATES',
      limit: 50,
    });
    const nowhere = test.engine.createTaskTemplate(template({ instanceId: UNKNOWN_ID }));
    expect(await refusal(nowhere)).toMatchObject({ code: 'ResourceNotFoundException', resource: 'INSTANCE' });
  });
});
