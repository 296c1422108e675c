import { describe, expect, it } from '@jest/globals';
import { createdId } from '../../support/create-task-contact.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls, portWith } from '../../support/port.js';
import { ThrottlingError } from '../../../src/connect/errors.js';
import { noteStatements } from '../../support/statements.js';

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
  it('costs no call if the key alone is selected', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { entities } = await resolve(gateway, [contact('a'), chain('b')], 'id instanceId', 'id linkedTaskLimit');
    expect(entities).toEqual([
      { id: 'a', instanceId: SAMPLE.instanceId },
      { id: 'b', linkedTaskLimit: 12 },
    ]);
    expect(calls.take()).toEqual([]);
  });

  it('returns both types in the order of the representations', async () => {
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
  ])('reads %d references in %d calls of at most 100 each, and as many statements', async (count, batches) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const id = await createdId(gateway);
    calls.take();
    using statements = noteStatements();
    const ids = Array.from({ length: count }, (_, index) => (index === 50 ? id : `unknown ${index}`));
    const { entities, errors } = await resolve(gateway, ids.map(contact), 'id name');
    expect(errors).toBeUndefined();
    expect(entities).toEqual(ids.map((given) => (given === id ? { id, name: 'Call back' } : null)));
    expect(calls.take()).toEqual(Array.from({ length: batches }, () => ({ method: 'describeContacts', ids: 100 })));
    expect(statements.take()).toHaveLength(batches);
  });

  /** Selections of a contact and of a chain, which of the two unknown ones are null, and the calls that both need. */
  it.each<[string, string, string, string, readonly string[]]>([
    ['the key', 'id instanceId __typename', 'id linkedTaskLimit attributeBytesLimit', 'none', []],
    ['the key, by other names', 'a: id ... on ConnectContact { b: __typename }', 'a: id', 'none', []],
    ['details that are skipped', 'id name @skip(if: true)', 'id remaining @include(if: false)', 'none', []],
    ['details', 'id name', 'id linkedTaskCount', 'both', ['describeContacts', 'listChains']],
    ['attributes', 'attributes { key }', 'attributeBytes sharedAttributes { key }', 'both', ['getAttributes']],
    ['the chain', 'chain { id }', 'contacts { id }', 'both', ['listChains']],
    ['chain and attributes', 'chain { id } attributes { key }', 'id', 'contact', ['getAttributes', 'listChains']],
    ['the initial contact', 'id', 'initialContact { id }', 'chain', ['describeContacts']],
    [
      'all of it',
      'name attributes { key } chain { contacts { name } }',
      'remaining attributeBytes initialContact { name }',
      'both',
      ['describeContacts', 'getAttributes', 'listChains'],
    ],
  ])(
    'returns null for references that do not exist, unless the key alone is selected: %s',
    async (_what, ofContact, ofChain, nulls, methods) => {
      const calls = new PortCalls();
      await using gateway = await startTestGateway({ wrap: calls.wrap });
      const id = await createdId(gateway);
      calls.take();
      const made = await resolve(gateway, [contact(id), chain(id)], ofContact, ofChain);
      expect(made).toEqual({ entities: [expect.any(Object), expect.any(Object)], errors: undefined });
      expect([...new Set(calls.takeMethods())].sort()).toEqual(methods);
      const absent = [contact('absent'), chain('absent'), contact('\0'), contact(''), contact('a/b'), chain('..')];
      const { entities, errors } = await resolve(gateway, absent, ofContact, ofChain);
      expect(errors).toBeUndefined();
      const [ofNoContact, ofNoChain] = [
        ['both', 'contact'],
        ['both', 'chain'],
      ].map((of) => of.includes(nulls));
      expect((entities as unknown[]).map((entity) => entity === null)).toEqual(
        absent.map(({ __typename }) => (__typename === 'ConnectContact' ? ofNoContact : ofNoChain)),
      );
      // Null costs no call beyond those that the fields need.
      expect(methods).toEqual(expect.arrayContaining([...new Set(calls.takeMethods())]));
    },
  );

  it('keeps the key of a reference that cannot be read, with an error at its fields', async () => {
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          describeContacts: async () => {
            throw new ThrottlingError(500);
          },
        }),
    });
    const { entities, errors } = await resolve(gateway, [contact(SAMPLE.voiceContact)], 'id name chain { id }');
    expect(entities).toEqual([{ id: SAMPLE.voiceContact, name: null, chain: { id: SAMPLE.voiceContact } }]);
    expect(errors).toMatchObject([{ path: ['_entities', 0, 'name'], extensions: { code: 'THROTTLED' } }]);
  });

  it('refuses more than 2,500 references without a call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { errors } = await resolve(gateway, Array(2_501).fill(contact('a')), 'name');
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(calls.take()).toEqual([]);
  });

  it('returns null for an instance that is not served, without a call', async () => {
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
  ])('returns null for a malformed representation alone, with an error at its place: %s', async (_what, malformed) => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const known = contact(SAMPLE.voiceContact);
    const { entities, errors } = await resolve(gateway, [known, malformed, chain('b'), known], 'id channel');
    expect(entities).toEqual([
      { id: SAMPLE.voiceContact, channel: 'VOICE' },
      null,
      { id: 'b' },
      { id: SAMPLE.voiceContact, channel: 'VOICE' },
    ]);
    expect(errors).toMatchObject([
      {
        message: expect.stringContaining('representations[1]: '),
        path: ['_entities', 1],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(calls.take()).toEqual([{ method: 'describeContacts', ids: 1 }]);
  });
});
