import { describe, expect, it } from '@jest/globals';
import { gatewayBefore, openTestAws, type TestAws } from '../support/aws.js';
import { refusal, request, SAMPLE } from '../support/engine.js';

const { instanceId } = SAMPLE;

/** A root and 12 tasks that follow it: a full chain. */
async function fullChain({ wire: { test } }: TestAws): Promise<readonly string[]> {
  const ids = [await test.start({ attributes: [{ key: 'plan', value: 'gold' }] })];
  for (let link = 0; link < 12; link++) ids.push(await test.start({ previousContactId: ids.at(-1) as string }));
  return ids;
}

/** How often each operation was called. */
function counts(calls: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(calls, (call) => call)].map(([call, all]) => [call, all.length]));
}

describe('A full chain, read through the gateway', () => {
  const chainOf = (selection: string) => `query ($id: ID!) { connectContactChain(contactId: $id) { ${selection} } }`;
  type Read = { connectContactChain: { contacts: { id: string; name?: string }[] } };

  it('costs 1 call for ids, times and links, 2 with the shared attributes, 15 with names and attributes', async () => {
    await using aws = await openTestAws();
    await using gateway = await gatewayBefore(aws);
    const ids = await fullChain(aws);
    const read = async (selection: string) => {
      const { data, errors } = await gateway.ask(chainOf(selection), { id: ids[5] });
      expect(errors).toBeUndefined();
      return [(data as unknown as Read).connectContactChain, counts(aws.calls())] as const;
    };
    const links = 'id initiatedAt previousContact { id }';
    const [listed, one] = await read(`linkedTaskCount remaining contacts { ${links} }`);
    expect(listed).toMatchObject({ linkedTaskCount: 12, remaining: 0 });
    expect(listed.contacts.map(({ id }) => id)).toEqual(ids);
    expect(one).toEqual({ ListAssociatedContacts: 1 });
    const [, two] = await read(`contacts { ${links} attributes { key value } }`);
    expect(two).toEqual({ ListAssociatedContacts: 1, GetContactAttributes: 1 });
    const [whole, fifteen] = await read(`contacts { ${links} name state attributes { key value } }`);
    expect(whole.contacts.every(({ name }) => name === 'Call back')).toBe(true);
    expect(fifteen).toEqual({ ListAssociatedContacts: 1, GetContactAttributes: 1, DescribeContact: 13 });
  });

  it('is listed once for any number of its contacts', async () => {
    await using aws = await openTestAws();
    const ids = await fullChain(aws);
    const chains = await aws.connect.listChains({ instanceId, contactIds: ids });
    expect(new Set(chains).size).toBe(1);
    expect(chains[0]).toEqual({
      instanceId,
      id: ids[0],
      members: (await aws.wire.test.chain(ids[0] as string)).members.map((member) =>
        expect.objectContaining({ id: member.id }),
      ),
    });
    expect(counts(aws.calls())).toEqual({ ListAssociatedContacts: 1 });
  });

  it('refuses the 13th task as full, and distinguishes a full instance from it', async () => {
    await using aws = await openTestAws({ quotas: { activeTasks: 14 } });
    const ids = await fullChain(aws);
    const thirteenth = { previousContactId: ids[3] as string };
    expect(await refusal(aws.connect.startTaskContact(request(thirteenth)))).toMatchObject({
      quota: 'CHAIN',
      limit: 12,
    });
    expect(counts(aws.calls())).toEqual({ StartTaskContact: 1, ListAssociatedContacts: 1 });
    const other = await aws.wire.test.start();
    expect(await refusal(aws.connect.startTaskContact(request({ previousContactId: other })))).toMatchObject({
      quota: 'ACTIVE_TASKS',
    });
  });
});

describe('References', () => {
  it('are read by a call of their own, where they are selected', async () => {
    await using aws = await openTestAws();
    await using gateway = await gatewayBefore(aws);
    const references = [{ name: 'Order', type: 'URL', value: 'https://example.com/1' }];
    const id = await aws.wire.test.start({ references });
    const query = 'query ($id: ID!) { connectContact(id: $id) { name references { name type value } } }';
    expect(await gateway.ask(query, { id })).toEqual({ data: { connectContact: { name: 'Call back', references } } });
    expect(counts(aws.calls())).toEqual({ DescribeContact: 1, ListContactReferences: 1 });
  });
});
