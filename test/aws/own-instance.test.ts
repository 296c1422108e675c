import { describe, expect, it } from '@jest/globals';
import type { Connect } from '../../src/connect/connect.js';
import { isConnectFault } from '../../src/connect/errors.js';
import { openScriptedAws } from '../support/aws.js';
import { request } from '../support/engine.js';

const OURS = 'arn:aws:connect:eu-west-2:111122223333:instance/ours';
const FOREIGN = [
  'arn:aws:connect:eu-west-2:111122223333:instance/theirs/contact/c',
  'arn:aws:connect:eu-west-2:111122223333:instance/theirs',
  'arn:aws:connect:eu-west-2:111122223333:instance/ours',
  'arn:aws:s3:::bucket/instance/ours/contact/c',
  'arn:aws:connect:eu-west-2:111122223333:instance/theirs/instance/ours/contact/c',
  'arn:',
];

/** Every member that takes an id, with a call that has it. */
const CALLS: Readonly<Record<string, (connect: Connect, id: string) => Promise<unknown>>> = {
  'contactId of a read': async (connect, id) =>
    (await connect.describeContacts({ instanceId: 'ours', contactIds: [id] }))[0],
  'contactId of a chain': async (connect, id) =>
    (await connect.listChains({ instanceId: 'ours', contactIds: [id] }))[0],
  'contactId of attributes': async (connect, id) =>
    (await connect.getAttributes({ instanceId: 'ours', contactIds: [id] }))[0],
  'contactId of a change': (connect, id) => connect.stopContact({ instanceId: 'ours', contactId: id }),
  contactFlowId: (connect, id) => connect.startTaskContact({ ...request(), instanceId: 'ours', contactFlowId: id }),
  previousContactId: (connect, id) =>
    connect.startTaskContact({ ...request(), instanceId: 'ours', previousContactId: id }),
  relatedContactId: (connect, id) =>
    connect.startTaskContact({ ...request(), instanceId: 'ours', relatedContactId: id }),
  userId: (connect, id) =>
    connect.transferContact({ instanceId: 'ours', contactId: 'c', contactFlowId: 'f', userId: id }),
  'the id of a template': async (connect, id) =>
    (await connect.getTaskTemplates({ instanceId: 'ours', taskTemplateIds: [id] }))[0],
  'the id of a flow': async (connect, id) =>
    (await connect.describeContactFlows({ instanceId: 'ours', contactFlowIds: [id] }))[0],
  'the id of a quick connect': async (connect, id) =>
    (await connect.describeQuickConnects({ instanceId: 'ours', quickConnectIds: [id] }))[0],
};

describe('An ARN of another instance never reaches Amazon Connect', () => {
  it.each(Object.entries(CALLS))('refuses the ARN as %s', async (_member, call) => {
    await using aws = await openScriptedAws(() => ({ status: 200 }));
    for (const arn of FOREIGN) {
      // Reads of many ids answer with the fault, everything else throws it.
      const fault = await call(aws.connect, arn).catch((error: unknown) => error);
      expect(isConnectFault(fault) && fault).toMatchObject({
        code: 'InvalidParameterException',
        violations: [{ rule: 'gateway/arn-of-this-instance' }],
      });
    }
    // In capitals it is no ARN of the API's: a read says that it names nothing.
    await call(aws.connect, `ARN${FOREIGN[0]?.slice(3)}`).catch(() => {});
    expect(aws.requests).toEqual([]);
  });

  it('sends an ARN of the requested instance, by its id and by its own ARN', async () => {
    await using aws = await openScriptedAws(() => ({ status: 200 }));
    for (const instanceId of ['ours', OURS]) {
      await aws.connect.stopContact({ instanceId, contactId: `${OURS}/contact/c` });
    }
    expect(aws.requests).toHaveLength(2);
  });
});
