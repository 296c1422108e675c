import { ConnectClient } from '@aws-sdk/client-connect';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Clients } from '../../src/aws/transport/clients.js';
import type { Connect } from '../../src/connect/connect.js';
import { isConnectFault } from '../../src/connect/errors.js';
import { openScriptedAws } from '../support/aws.js';
import { NOW, request } from '../support/engine.js';
import { startTestGateway } from '../support/gateway.js';

const LONDON = { id: 'london', region: 'eu-west-2' };
const OREGON = { id: 'oregon', region: 'us-west-2' };
const HOME = { id: 'home' };
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };

/** Every call of the port that is about an instance. */
const CALLS: Readonly<Record<string, (connect: Connect, instanceId: string) => Promise<unknown>>> = {
  startTaskContact: (connect, instanceId) => connect.startTaskContact({ ...request(), instanceId }),
  updateContactAttributes: (connect, instanceId) =>
    connect.updateContactAttributes({ instanceId, contactId: 'c', attributes: [] }),
  updateContact: (connect, instanceId) => connect.updateContact({ instanceId, contactId: 'c', name: 'x' }),
  updateContactSchedule: (connect, instanceId) =>
    connect.updateContactSchedule({ instanceId, contactId: 'c', scheduledTime: new Date(NOW) }),
  stopContact: (connect, instanceId) => connect.stopContact({ instanceId, contactId: 'c' }),
  transferContact: (connect, instanceId) =>
    connect.transferContact({ instanceId, contactId: 'c', contactFlowId: 'f', queueId: 'q' }),
  pauseContact: (connect, instanceId) => connect.pauseContact({ instanceId, contactId: 'c' }),
  resumeContact: (connect, instanceId) => connect.resumeContact({ instanceId, contactId: 'c' }),
  tagContact: (connect, instanceId) => connect.tagContact({ instanceId, contactId: 'c', tags: [] }),
  untagContact: (connect, instanceId) => connect.untagContact({ instanceId, contactId: 'c', keys: [] }),
  describeContacts: (connect, instanceId) => connect.describeContacts({ instanceId, contactIds: ['c'] }),
  listChains: (connect, instanceId) => connect.listChains({ instanceId, contactIds: ['c'] }),
  getAttributes: (connect, instanceId) => connect.getAttributes({ instanceId, contactIds: ['c'] }),
  listReferences: (connect, instanceId) => connect.listReferences({ instanceId, contactIds: ['c'] }),
  listAssociatedContacts: (connect, instanceId) => connect.listAssociatedContacts({ instanceId, contactId: 'c' }),
  searchContacts: (connect, instanceId) =>
    connect.searchContacts({
      instanceId,
      timeRange: { type: 'INITIATION_TIMESTAMP', from: new Date(NOW), to: new Date(NOW + 1) },
    }),
  listContactFlows: (connect, instanceId) => connect.listContactFlows({ instanceId }),
  describeContactFlows: (connect, instanceId) => connect.describeContactFlows({ instanceId, contactFlowIds: ['f'] }),
  listQuickConnects: (connect, instanceId) => connect.listQuickConnects({ instanceId }),
  describeQuickConnects: (connect, instanceId) => connect.describeQuickConnects({ instanceId, quickConnectIds: ['q'] }),
  listTaskTemplates: (connect, instanceId) => connect.listTaskTemplates({ instanceId }),
  getTaskTemplates: (connect, instanceId) => connect.getTaskTemplates({ instanceId, taskTemplateIds: ['t'] }),
  describeInstances: (connect, instanceId) => connect.describeInstances({ instanceIds: [instanceId] }),
};

describe('Each call goes to the region that its instance is in', () => {
  it.each(Object.entries(CALLS))('%s', async (_name, call) => {
    await using aws = await openScriptedAws(() => ({ status: 200 }), {}, [HOME, LONDON, OREGON]);
    const arn = 'arn:aws:connect:ca-central-1:111122223333:instance/anywhere';
    const regions = [];
    for (const instanceId of [LONDON.id, OREGON.id, HOME.id, 'unlisted', arn]) {
      const before = aws.requests.length;
      // An answer of nothing is not always one: it is the request that counts here.
      await call(aws.connect, instanceId).catch((error: unknown) => {
        if (!isConnectFault(error)) throw error;
      });
      regions.push(aws.requests[before]?.region);
    }
    expect(regions).toEqual(['eu-west-2', 'us-west-2', 'us-east-1', 'us-east-1', 'ca-central-1']);
  });
});

describe('The clients', () => {
  it('are one for each region, made when a call goes there', () => {
    const made: (string | undefined)[] = [];
    const clients = new Clients(
      (region) => {
        made.push(region);
        return new ConnectClient({ region: region ?? 'us-east-1' });
      },
      [LONDON, { id: 'other', region: 'eu-west-2' }, OREGON, HOME],
    );
    expect(made).toEqual([]);
    expect(clients.of(LONDON.id)).toBe(clients.of('other'));
    expect(clients.of()).toBe(clients.of(LONDON.id));
    expect(made).toEqual(['eu-west-2']);
    expect(clients.of(HOME.id)).toBe(clients.of('unlisted'));
    clients.of(OREGON.id);
    expect(made).toEqual(['eu-west-2', undefined, 'us-west-2']);
    clients.destroy();
  });
});

describe('A gateway before instances in several regions', () => {
  beforeAll(() => void Object.assign(process.env, CREDENTIALS));
  afterAll(() => {
    for (const name of Object.keys(CREDENTIALS)) delete process.env[name];
  });

  const codesOf = ({ errors = [] }: { errors?: readonly { extensions?: { code?: unknown } }[] }) =>
    errors.map(({ extensions }) => extensions?.code);
  const ASK = 'query ($instanceId: ID) { connectContact(id: "c", instanceId: $instanceId) { id } }';
  const CREATE =
    'mutation ($instanceId: ID) { createTaskContact(input: { instanceId: $instanceId, name: "x", flow: { contactFlowId: "f" } }) { contact { id } errors { code } } }';

  it('asks each in its own, by id or alias, and refuses the others before any call', async () => {
    await using aws = await openScriptedAws(({ method }) => ({
      status: method === 'PUT' ? 200 : 404,
      ...(method === 'PUT' ? { body: '{"ContactId":"made"}' } : { type: 'ResourceNotFoundException' }),
    }));
    await using gateway = await startTestGateway({
      settings: {
        CONNECT_ADAPTER: 'aws',
        AWS_ENDPOINT_URL_CONNECT: aws.url,
        CONNECT_INSTANCES: 'london|sales|eu-west-2,oregon||us-west-2',
        CONNECT_INSTANCE_ID: 'oregon',
      },
    });
    const regionsOf = async (instanceId: string | null) => {
      const before = aws.requests.length;
      const read = await gateway.ask(ASK, { instanceId });
      expect(read.data).toEqual({ connectContact: null });
      expect(codesOf(read)).toEqual(instanceId === 'home' ? ['NOT_FOUND'] : []);
      const created = (await gateway.ask(CREATE, { instanceId })).data;
      return [aws.requests.slice(before).map(({ region }) => region), created?.createTaskContact];
    };
    const made = { contact: { id: 'made' }, errors: [] };
    expect(await regionsOf('london')).toEqual([['eu-west-2', 'eu-west-2'], made]);
    expect(await regionsOf('sales')).toEqual([['eu-west-2', 'eu-west-2'], made]);
    expect(await regionsOf('oregon')).toEqual([['us-west-2', 'us-west-2'], made]);
    expect(await regionsOf(null)).toEqual([['us-west-2', 'us-west-2'], made]);
    expect(await regionsOf('home')).toEqual([[], { contact: null, errors: [{ code: 'NOT_FOUND' }] }]);
  });
});
