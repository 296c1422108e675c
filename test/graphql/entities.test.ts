import { describe, expect, it } from '@jest/globals';
import { createdId } from '../support/create-task-contact.js';
import { SAMPLE } from '../support/engine.js';
import { startTestGateway, type TestGateway } from '../support/gateway.js';
import { PortCalls } from '../support/port.js';
import { noteStatements } from '../support/statements.js';

const contact = (id: string) => ({ __typename: 'ConnectContact', instanceId: SAMPLE.instanceId, id });
const chain = (id: string) => ({ ...contact(id), __typename: 'ConnectContactChain' });

/** Resolves representations as a router does, with a selection of each type's fields. */
async function resolve(gateway: TestGateway, representations: readonly unknown[], ofContact: string, ofChain = 'id') {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on ConnectContact { ${ofContact} } ... on ConnectContactChain { ${ofChain} }
  } }`;
  const { data, errors } = await gateway.ask(query, { representations });
  return { entities: data?._entities, errors };
}

describe('_entities', () => {
  it('that select their key alone cost no call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { entities } = await resolve(gateway, [contact('a'), chain('b')], 'id instanceId', 'id linkedTaskLimit');
    expect(entities).toEqual([
      { id: 'a', instanceId: SAMPLE.instanceId },
      { id: 'b', linkedTaskLimit: 12 },
    ]);
    expect(calls.take()).toEqual([]);
  });

  it('of both types come in the order asked', async () => {
    await using gateway = await startTestGateway();
    const id = await createdId(gateway, { link: { previousContactId: SAMPLE.voiceContact } });
    const representations = [contact(id), chain(SAMPLE.voiceContact), contact(SAMPLE.voiceContact), contact(id)];
    const { entities } = await resolve(gateway, representations, 'id channel', 'contacts { id } linkedTaskCount');
    expect(entities).toEqual([
      { id, channel: 'TASK' },
      { contacts: [{ id: SAMPLE.voiceContact }, { id }], linkedTaskCount: 1 },
      { id: SAMPLE.voiceContact, channel: 'VOICE' },
      { id, channel: 'TASK' },
    ]);
  });

  it.each([
    [100, 1],
    [1000, 10],
  ])('of %d cost %d calls of at most 100 each, and as many statements', async (count, batches) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const id = await createdId(gateway);
    calls.take();
    using statements = noteStatements();
    const ids = Array.from({ length: count }, (_, index) => (index === 50 ? id : `unknown ${index}`));
    const { entities, errors } = await resolve(gateway, ids.map(contact), 'id name');
    expect(errors).toBeUndefined();
    expect(entities).toEqual(ids.map((given) => ({ id: given, name: given === id ? 'Call back' : null })));
    expect(calls.take()).toEqual(Array.from({ length: batches }, () => ({ method: 'describeContacts', ids: 100 })));
    expect(statements.take()).toHaveLength(batches);
  });

  it('that nobody has tell nothing, without an error', async () => {
    await using gateway = await startTestGateway();
    const { entities, errors } = await resolve(
      gateway,
      [contact('nobody'), chain('nobody'), contact('\0'), contact('')],
      'name state references { name } attributes { key } previousContact { id } chain { id }',
      'contacts { id } linkedTaskCount remaining sharedAttributes { key } latestContact { id }',
    );
    expect(errors).toBeUndefined();
    const untold = {
      name: null,
      state: null,
      references: null,
      attributes: null,
      previousContact: null,
      chain: null,
    };
    expect(entities).toEqual([
      untold,
      { contacts: null, linkedTaskCount: null, remaining: null, sharedAttributes: null, latestContact: null },
      untold,
      untold,
    ]);
  });

  it('of an instance that is not served are null, without a call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const elsewhere = [contact, chain].map((of) => ({ ...of(SAMPLE.voiceContact), instanceId: 'other' }));
    const { entities, errors } = await resolve(gateway, elsewhere, 'id name', 'id linkedTaskCount');
    expect(errors).toBeUndefined();
    expect(entities).toEqual([null, null]);
    expect(calls.take()).toEqual([]);
  });

  it.each([
    ['no type', { ...contact('a'), __typename: undefined }],
    ['a type that does not exist', { ...contact('a'), __typename: '__proto__' }],
    ['a type that is no entity', { ...contact('a'), __typename: 'ConnectAttribute' }],
    ['no instanceId', { ...contact('a'), instanceId: undefined }],
    ['no id', { ...contact('a'), id: null }],
    ['an id that is a number', { ...contact('a'), id: 5 }],
    ['an id that is an object', { ...contact('a'), id: { in: ['a', 'b'] } }],
    ['no object', 'text'],
  ])('that are malformed are the fault of the request: %s', async (_what, malformed) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { errors } = await resolve(gateway, [contact('a'), malformed], 'id name');
    expect(errors).toMatchObject([
      { message: expect.stringContaining('representations[1]: '), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
    expect(calls.take()).toEqual([]);
  });
});
