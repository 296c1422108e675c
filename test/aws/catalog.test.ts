import { describe, expect, it } from '@jest/globals';
import { openTestAws } from '../support/aws.js';
import { SAMPLE, UNKNOWN_ID } from '../support/engine.js';

const { instanceId, quickConnect, taskTemplate } = SAMPLE;

describe('The catalogue through the SDK', () => {
  it('is the one that the engine holds: flows, quick connects, templates, queues, users, instances', async () => {
    await using aws = await openTestAws();
    const {
      connect,
      wire: {
        test: { engine },
      },
    } = aws;
    const about = { instanceId };
    const flows = await connect.listContactFlows(about);
    expect(flows.items.length).toBeGreaterThan(0);
    expect(flows).toEqual({
      ...(await engine.listContactFlows(about)),
      items: (await engine.listContactFlows(about)).items.map(({ description: _, ...flow }) => flow),
    });
    expect(await connect.listQuickConnects(about)).toEqual(await engine.listQuickConnects(about));
    expect(await connect.listTaskTemplates(about)).toEqual(await engine.listTaskTemplates(about));
    expect(await connect.listInstances({})).toEqual(await engine.listInstances({}));

    const flowIds = [SAMPLE.contactFlow, UNKNOWN_ID];
    expect(await connect.describeContactFlows({ instanceId, contactFlowIds: flowIds })).toEqual(
      await engine.describeContactFlows({ instanceId, contactFlowIds: flowIds }),
    );
    const quickConnects = [...Object.values(quickConnect), UNKNOWN_ID];
    expect(await connect.describeQuickConnects({ instanceId, quickConnectIds: quickConnects })).toEqual(
      await engine.describeQuickConnects({ instanceId, quickConnectIds: quickConnects }),
    );
    const templates = [...Object.values(taskTemplate), UNKNOWN_ID];
    expect(await connect.getTaskTemplates({ instanceId, taskTemplateIds: templates })).toEqual(
      await engine.getTaskTemplates({ instanceId, taskTemplateIds: templates }),
    );
    expect(await connect.listQueues(about)).toEqual(await engine.listQueues(about));
    expect(await connect.listUsers(about)).toEqual(await engine.listUsers(about));
    const queueIds = [SAMPLE.otherQueue, UNKNOWN_ID, SAMPLE.queue];
    const queues = await connect.describeQueues({ instanceId, queueIds });
    expect(queues).toMatchObject([{ name: 'Sample escalations' }, null, { name: 'Sample queue' }]);
    expect(queues).toEqual(await engine.describeQueues({ instanceId, queueIds }));
    const userIds = [SAMPLE.otherUser, UNKNOWN_ID, SAMPLE.user];
    const users = await connect.describeUsers({ instanceId, userIds });
    expect(users).toMatchObject([{ username: 'sample.expert' }, null, { username: 'sample.agent' }]);
    expect(users).toEqual(await engine.describeUsers({ instanceId, userIds }));
    const instances = [instanceId, UNKNOWN_ID];
    expect(await connect.describeInstances({ instanceIds: instances })).toEqual(
      await engine.describeInstances({ instanceIds: instances }),
    );
  });

  it('comes page by page, with the filters that are asked for', async () => {
    await using aws = await openTestAws();
    const { connect } = aws;
    const first = await connect.listQuickConnects({ instanceId, maxResults: 2 });
    expect(first.items).toHaveLength(2);
    const rest = await connect.listQuickConnects({ instanceId, maxResults: 2, nextToken: first.nextToken as string });
    expect(rest.items).toHaveLength(1);
    expect(rest).not.toHaveProperty('nextToken');
    const users = await connect.listQuickConnects({ instanceId, types: ['USER'] });
    expect(users.items).toMatchObject([{ id: quickConnect.user, type: 'USER' }]);
    const inactive = await connect.listTaskTemplates({ instanceId, status: 'INACTIVE' });
    expect(inactive.items).toMatchObject([{ id: taskTemplate.inactive, status: 'INACTIVE' }]);
    expect((await connect.listContactFlows({ instanceId, types: ['AGENT_HOLD'] })).items).toEqual([]);
    expect((await connect.listQueues({ instanceId, types: ['AGENT'] })).items).toEqual([]);
    const user = await connect.listUsers({ instanceId, maxResults: 1 });
    expect(user.items).toMatchObject([{ username: 'sample.agent' }]);
    const others = await connect.listUsers({ instanceId, nextToken: user.nextToken as string });
    expect(others.items).toMatchObject([{ username: 'sample.expert' }, { username: 'sample.supervisor' }]);
  });
});
