import { describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { PortCalls, portWith } from '../../support/port.js';
import { ThrottlingError } from '../../../src/connect/errors.js';
import { noteStatements } from '../../support/statements.js';

const VOICE = '50000000-0000-4000-8000-000000000001';
const CREATE = `mutation ($name: String!, $link: ConnectContactLinkInput, $attributes: [ConnectAttributeInput!]) {
  createTaskContact(input: {
    name: $name, link: $link, attributes: $attributes
    flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" }
  }) { contact { id } errors { message } }
}`;

interface Created {
  readonly createTaskContact: { readonly contact: { readonly id: string } | null };
}

async function create(gateway: TestGateway, name: string, more: object = {}): Promise<string> {
  const { data } = await gateway.run<Created, object>(parse(CREATE), { name, ...more });
  return data?.createTaskContact.contact?.id ?? '';
}

/** A chain of tasks, each following the one before. */
async function createChain(gateway: TestGateway, length: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let index = 0; index < length; index++) {
    const previousContactId = ids.at(-1);
    const link = previousContactId && { link: { previousContactId } };
    ids.push(await create(gateway, `task ${index}`, { ...link, attributes: [{ key: `k${index}`, value: 'v' }] }));
  }
  return ids;
}

describe('connectContacts', () => {
  it('come in the order asked for, each as often as asked, unknown ones null', async () => {
    await using gateway = await startTestGateway();
    const [a, b] = [await create(gateway, 'a'), await create(gateway, 'b')];
    const { data } = await gateway.ask('query ($ids: [ID!]!) { connectContacts(ids: $ids) { name } }', {
      ids: [b, 'unknown', a, b, '\u0000', '\ud800', '__proto__', ''],
    });
    const [A, B] = [{ name: 'a' }, { name: 'b' }];
    expect(data).toEqual({ connectContacts: [B, null, A, B, null, null, null, null] });
  });

  it('takes 100 ids and refuses 101, without a call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const ask = (count: number) =>
      gateway.ask('query ($ids: [ID!]!) { connectContacts(ids: $ids) { id } }', {
        ids: Array.from({ length: count }, (_, index) => `id ${index}`),
      });
    expect((await ask(100)).data).toEqual({ connectContacts: Array.from({ length: 100 }, () => null) });
    expect(calls.take()).toEqual([{ method: 'describeContacts', ids: 100 }]);
    expect((await ask(101)).errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(calls.take()).toEqual([]);
  });

  it('report what happened to one of them at its place, and the others', async () => {
    await using gateway = await startTestGateway({
      wrap: (connect) =>
        portWith(connect, {
          describeContacts: async (request, options) => {
            const answers = await connect.describeContacts(request, options);
            return answers.map((answer, index) =>
              request.contactIds[index] === 'throttled' ? new ThrottlingError(500) : answer,
            );
          },
        }),
    });
    const a = await create(gateway, 'a');
    const { data, errors } = await gateway.ask('query ($ids: [ID!]!) { connectContacts(ids: $ids) { name } }', {
      ids: [a, 'throttled', 'unknown'],
    });
    expect(data).toEqual({ connectContacts: [{ name: 'a' }, null, null] });
    expect(errors).toMatchObject([{ path: ['connectContacts', 1], extensions: { code: 'THROTTLED' } }]);
  });

  it('returns null with an error for an instance that is not served, without a call', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const { data, errors } = await gateway.ask(`{
      connectContact(id: "${VOICE}", instanceId: "other") { id }
      connectContacts(ids: ["${VOICE}"], instanceId: "other") { id }
      connectContactChain(contactId: "${VOICE}", instanceId: "other") { id }
    }`);
    expect(data).toEqual({ connectContact: null, connectContacts: [null], connectContactChain: null });
    const unknown = { message: expect.stringContaining('Instance not found'), extensions: { code: 'NOT_FOUND' } };
    expect(errors?.map(({ path }) => path)).toEqual(
      expect.arrayContaining([['connectContact'], ['connectContacts', 0], ['connectContactChain']]),
    );
    expect(errors).toMatchObject([unknown, unknown, unknown]);
    expect(calls.take()).toEqual([]);
  });
});

describe('A chain', () => {
  it('is the same by any of its members', async () => {
    await using gateway = await startTestGateway();
    const ids = await createChain(gateway, 4);
    for (const contactId of ids) {
      const { data } = await gateway.ask(
        `query ($contactId: ID!) { connectContactChain(contactId: $contactId) {
          id linkedTaskCount linkedTaskLimit remaining attributeBytes attributeBytesLimit
          initialContact { id } latestContact { id } contacts { id } sharedAttributes { key value }
        } }`,
        { contactId },
      );
      expect(data?.connectContactChain).toEqual({
        id: ids[0],
        linkedTaskCount: 3,
        linkedTaskLimit: 12,
        remaining: 9,
        attributeBytes: 12,
        attributeBytesLimit: 32_768,
        initialContact: { id: ids[0] },
        latestContact: { id: ids[3] },
        contacts: ids.map((id) => ({ id })),
        sharedAttributes: [0, 1, 2, 3].map((index) => ({ key: `k${index}`, value: 'v' })),
      });
    }
  });

  it('leads from contact to contact, and back', async () => {
    await using gateway = await startTestGateway();
    const [first, second] = await createChain(gateway, 2);
    const related = await create(gateway, 'related', { link: { relatedContactId: second } });
    const { data } = await gateway.ask(
      `query ($id: ID!) { connectContact(id: $id) {
        previousContact { id }
        relatedContact { name attributes(keys: ["k1", "none"]) { key } previousContact { name chain { contacts { name } } } }
        chain { contacts { id } }
      } }`,
      { id: related },
    );
    expect(data?.connectContact).toEqual({
      previousContact: null,
      relatedContact: {
        name: 'task 1',
        attributes: [{ key: 'k1' }],
        previousContact: { name: 'task 0', chain: { contacts: [{ name: 'task 0' }, { name: 'task 1' }] } },
      },
      chain: { contacts: [{ id: related }] },
    });
    expect(first).toBeDefined();
  });

  it('reads 12 links with names, attributes, previous contacts and the chain again in 2 reads and 2 statements', async () => {
    const calls = new PortCalls();
    await using gateway = await startTestGateway({ wrap: calls.wrap });
    const ids = await createChain(gateway, 13);
    calls.take();
    using statements = noteStatements();
    const { data, errors } = await gateway.ask(
      `query ($id: ID!) { connectContact(id: $id) { name chain { contacts {
        name attributes { key value } previousContact { name chain { contacts { name } } }
      } } } }`,
      { id: ids.at(-1) },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ connectContact: { chain: { contacts: { length: 13 } } } });
    expect(calls.take()).toEqual([
      { method: 'listChains', ids: 1 },
      { method: 'getAttributes', ids: 1 },
    ]);
    expect(statements.take()).toHaveLength(2);
  });
});
