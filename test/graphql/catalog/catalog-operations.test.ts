import { describe, expect, it } from '@jest/globals';
import type * as Generated from '../../generated/operations.js';
import { NOW, SAMPLE } from '../../support/engine.js';
import { startTestGateway } from '../../support/gateway.js';
import { operationVariables, runOperation } from '../../support/operations.js';

const start = () => startTestGateway({ now: () => NOW });

describe('Pickers', () => {
  it('offers what a form chooses from', async () => {
    await using gateway = await start();
    const { data, errors } = await runOperation<Generated.PickersQuery>(
      gateway,
      'pickers',
      operationVariables('pickers', NOW),
    );
    expect(errors).toBeUndefined();
    const startable = (
      nodes: readonly { readonly name: string | null; readonly canStartTask: boolean | null }[] = [],
    ) => nodes.filter(({ canStartTask }) => canStartTask).map(({ name }) => name);
    expect(startable(data?.connectContactFlows.nodes)).toEqual([
      'Sample agent transfer',
      'Sample inbound flow',
      'Sample queue transfer',
    ]);
    expect(data?.connectContactFlows.pageInfo.hasNextPage).toBe(false);
    expect(startable(data?.connectQuickConnects.nodes)).toEqual(['Sample agent', 'Sample queue']);
    expect(data?.connectQueues.nodes).toEqual([
      { id: SAMPLE.otherQueue, name: 'Sample escalations', type: 'STANDARD' },
      { id: SAMPLE.queue, name: 'Sample queue', type: 'STANDARD' },
    ]);
    expect(data?.connectUsers.nodes.map(({ username }) => username)).toEqual([
      'sample.agent',
      'sample.expert',
      'sample.supervisor',
    ]);
    expect(data?.connectTaskTemplates.nodes.filter(({ status }) => status === 'INACTIVE')).toEqual([
      { id: SAMPLE.taskTemplate.inactive, name: 'Sample inactive template', status: 'INACTIVE' },
    ]);
  });
});

describe('TaskTemplateForm', () => {
  it('reports what a form needs', async () => {
    await using gateway = await start();
    const { data, errors } = await runOperation<Generated.TaskTemplateFormQuery>(
      gateway,
      'task-template-form',
      operationVariables('task-template-form', NOW),
    );
    expect(errors).toBeUndefined();
    expect(data?.connectTaskTemplate).toMatchObject({
      status: 'ACTIVE',
      contactFlow: { id: SAMPLE.contactFlow, name: 'Sample inbound flow', canStartTask: true },
    });
    expect(data?.connectTaskTemplate?.fields).toContainEqual({
      name: 'Priority',
      type: 'SINGLE_SELECT',
      description: null,
      required: false,
      readOnly: false,
      invisible: false,
      defaultValue: 'Normal',
      options: ['Low', 'Normal', 'High'],
    });
  });
});
