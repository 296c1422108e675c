import { describe, expect, it } from '@jest/globals';
import type { CreateTaskTemplateRequest } from '../../src/connect/task-template.js';
import { openScriptedAws, openTestAws } from '../support/aws.js';
import { refusal, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { field, taskTemplate } from '../support/resources.js';

const { instanceId } = SAMPLE;
const NAME = field('Title', 'NAME', { required: true });

function template(members: Partial<CreateTaskTemplateRequest> = {}): CreateTaskTemplateRequest {
  return { instanceId, name: 'New', contactFlowId: SAMPLE.contactFlow, fields: [NAME], ...members };
}

describe('CreateTaskTemplate through the SDK', () => {
  it('makes a template with everything that was stated, in one call', async () => {
    await using aws = await openTestAws();
    const asked = template({
      description: 'For calls',
      selfAssignFlowId: SAMPLE.contactFlow,
      status: 'INACTIVE',
      fields: [
        { ...NAME, description: 'What to do' },
        field('Kind', 'SINGLE_SELECT', { options: ['A', 'B c'], defaultValue: 'A', readOnly: true }),
        field('Note', 'TEXT', { invisible: true }),
      ],
      clientToken: 'token',
    });
    const made = await aws.connect.createTaskTemplate(asked);
    expect(aws.calls()).toEqual(['CreateTaskTemplate']);
    const { clientToken: _, ...stated } = asked;
    const [reported] = await aws.connect.getTaskTemplates({ instanceId, taskTemplateIds: [made.id] });
    expect(reported).toMatchObject({ ...stated, ...made });
    expect(await aws.connect.createTaskTemplate(asked)).toEqual(made);
    expect(await aws.wire.test.engine.getTaskTemplates({ instanceId, taskTemplateIds: [made.id] })).toEqual([reported]);
  });

  it('reports each property that is wrong, in the port’s words, with the API’s reason', async () => {
    await using aws = await openTestAws();
    const fields = [
      field('Title', 'NAME'),
      field('Title', 'TEXT'),
      field('Days', 'EXPIRY_DURATION', { defaultValue: 'x' }),
    ];
    const wrong = template({ name: 'Sample template', contactFlowId: UNKNOWN_ID, fields });
    const error = await refusal(aws.connect.createTaskTemplate(wrong));
    if (error.code !== 'PropertyValidationException') throw error;
    expect(error.violations.map(({ path, reason }) => [path.join('.'), reason])).toEqual([
      ['fields', 'REQUIRED_PROPERTY_MISSING'],
      ['fields.1.name', 'UNIQUE_CONSTRAINT_VIOLATED'],
      ['fields', 'INVALID_FORMAT'],
      ['contactFlowId', 'REFERENCED_RESOURCE_NOT_FOUND'],
      ['name', 'RESOURCE_NAME_ALREADY_EXISTS'],
    ]);
  });

  it('reports the other errors as they are: a full instance, a wrong member, an unknown instance', async () => {
    const taskTemplates = Array.from({ length: 46 }, (_, index) => taskTemplate(`t${index}`, [NAME]));
    await using aws = await openTestAws({ content: { taskTemplates } });
    expect(await refusal(aws.connect.createTaskTemplate(template()))).toMatchObject({
      code: 'ServiceQuotaExceededException',
      quota: 'TASK_TEMPLATES',
      limit: 50,
    });
    expect(await refusal(aws.connect.createTaskTemplate(template({ name: 'x'.repeat(101) })))).toMatchObject({
      code: 'InvalidParameterException',
      violations: [{ path: ['name'] }],
    });
    expect(await refusal(aws.connect.createTaskTemplate(template({ instanceId: UNKNOWN_ID })))).toMatchObject({
      code: 'ResourceNotFoundException',
      resource: 'INSTANCE',
    });
  });

  it('leaves the outcome unknown where the answer is lost, with the token to repeat', async () => {
    await using aws = await openScriptedAws(() => undefined);
    const fault = await refusal(aws.connect.createTaskTemplate(template()));
    const sent = JSON.parse(aws.requests[0]?.body ?? '{}') as { ClientToken: string };
    expect(fault).toMatchObject({ code: 'OutcomeUnknown', clientToken: sent.ClientToken });
  });
});
