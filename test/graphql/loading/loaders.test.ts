import { describe, expect, it } from '@jest/globals';
import { gatewayBefore, openTestAws } from '../../support/aws.js';
import { createdId } from '../../support/create-task-contact.js';
import { SAMPLE } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';

const ADAPTERS = {
  embedded: () => startTestGateway(),
  aws: async () => {
    const aws = await openTestAws();
    const gateway = await gatewayBefore(aws);
    return {
      ...gateway,
      [Symbol.asyncDispose]: async () => {
        await gateway.close();
        await aws[Symbol.asyncDispose]();
      },
    };
  },
};

/** Mutations of one request, one after the other; each answers what it selects of its contact. */
async function inOneRequest(gateway: TestGateway, mutations: string): Promise<Readonly<Record<string, unknown>>> {
  const { data, errors } = await gateway.ask(`mutation { ${mutations} }`);
  expect(errors).toBeUndefined();
  return data ?? {};
}

describe.each(Object.entries(ADAPTERS))(
  'Mutations of one request see what those before have changed, %s',
  (_name, open) => {
    it("shows a contact's new name, references, tags and state", async () => {
      await using gateway = await open();
      const id = await createdId(gateway);
      const reported = 'contact { name state references { value } tags { key } }';
      const update = (name: string) =>
        `updateTaskContact(input: { contactId: "${id}", name: "${name}", references: [{ name: "r", type: STRING, value: "${name}" }] }) { ${reported} }`;
      const { a, b, c, d } = await inOneRequest(
        gateway,
        `a: ${update('A')} b: ${update('B')}
       c: tagTaskContact(input: { contactId: "${id}", tags: [{ key: "k", value: "v" }] }) { ${reported} }
       d: stopTaskContact(input: { contactId: "${id}" }) { ${reported} }`,
      );
      const contact = { name: 'B', state: 'INITIATED', references: [{ value: 'B' }], tags: [] };
      expect(a).toEqual({ contact: { ...contact, name: 'A', references: [{ value: 'A' }] } });
      expect(b).toEqual({ contact });
      expect(c).toEqual({ contact: { ...contact, tags: [{ key: 'k' }] } });
      expect(d).toEqual({ contact: { ...contact, tags: [{ key: 'k' }], state: 'COMPLETED' } });
    });

    it("shows a chain's new members and shared attributes", async () => {
      await using gateway = await open();
      const id = await createdId(gateway);
      const chain = 'chain { linkedTaskCount contacts { attributes { value } } }';
      const join = `createTaskContact(input: { name: "x", flow: { contactFlowId: "${SAMPLE.contactFlow}" }, link: { previousContactId: "${id}" } }) { contact { ${chain} } }`;
      const set = (value: string) =>
        `updateConnectSharedAttributes(input: { contactId: "${id}", attributes: [{ key: "k", value: "${value}" }] }) { ${chain} }`;
      const { a, b, c, d } = await inOneRequest(gateway, `a: ${set('1')} b: ${join} c: ${set('2')} d: ${join}`);
      const of = (count: number, value: string) => ({
        linkedTaskCount: count,
        contacts: Array.from({ length: count + 1 }, () => ({ attributes: [{ value }] })),
      });
      expect([a, b, c, d]).toEqual([
        { chain: of(0, '1') },
        { contact: { chain: of(1, '1') } },
        { chain: of(1, '2') },
        { contact: { chain: of(2, '2') } },
      ]);
    });
  },
);
