import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormattedExecutionResult } from 'graphql';
import { contactFlow, otherInstance } from '../../support/resources.js';
import { SAMPLE, TestEngine } from '../../support/engine.js';
import { startTestGateway, type TestGateway } from '../../support/gateway.js';
import { TestIssuer } from '../../support/issuer.js';
import { PortCalls } from '../../support/port.js';
import { withoutRequestIds } from '../../support/without-request-ids.js';

const OTHER = otherInstance().id;
const FLOW = '20000000-0000-4000-8000-00000000000a';
const ALL = 'tasks:read tasks:create tasks:write';

const calls = new PortCalls();
let engine: TestEngine;
let issuer: TestIssuer;
let gateway: TestGateway;
beforeAll(async () => {
  engine = await TestEngine.open({
    content: { instances: [otherInstance()], contactFlows: [contactFlow(FLOW, { instanceId: OTHER })] },
  });
  await engine.close();
  issuer = await TestIssuer.start();
  gateway = await startTestGateway({
    wrap: calls.wrap,
    settings: {
      ...issuer.settings,
      AUTH_INSTANCES_CLAIM: 'https://example.com/instances',
      DATABASE_URL: `file:${engine.file}`,
      CONNECT_INSTANCES: `${SAMPLE.instanceId}|support,${OTHER}|sales`,
    },
  });
});
afterAll(async () => {
  await gateway.close();
  await engine[Symbol.asyncDispose]();
  await issuer[Symbol.asyncDispose]();
});

async function ask(instances: unknown, query: string): Promise<FormattedExecutionResult> {
  const headers = await issuer.bearer(ALL, { 'https://example.com/instances': instances });
  return (await (await gateway.post({ query }, headers)).json()) as FormattedExecutionResult;
}

/** Every way that leads to an instance, with its name; null: none is named. */
const ways = (name: string | null) => {
  const text = name === null ? 'null' : `"${name}"`;
  const input = `instanceId: ${text}, contactId: "${SAMPLE.voiceContact}"`;
  return [
    `{ connectContact(id: "${SAMPLE.voiceContact}", instanceId: ${text}) { id } }`,
    `{ connectContacts(ids: ["${SAMPLE.voiceContact}"], instanceId: ${text}) { id } }`,
    `{ connectContactChain(contactId: "${SAMPLE.voiceContact}", instanceId: ${text}) { id } }`,
    `{ connectTaskTemplate(id: "${SAMPLE.taskTemplate.withFlow}", instanceId: ${text}) { id } }`,
    `{ connectContactFlows(instanceId: ${text}) { nodes { id } } }`,
    `{ connectQuickConnects(instanceId: ${text}) { nodes { id } } }`,
    `{ connectTaskTemplates(instanceId: ${text}) { nodes { id } } }`,
    `{ _entities(representations: [{ __typename: "ConnectContact", instanceId: ${name === null ? `"${SAMPLE.instanceId}"` : text}, id: "${SAMPLE.voiceContact}" }]) { ... on ConnectContact { id channel } } }`,
    `mutation { createTaskContact(input: { instanceId: ${text}, name: "x", flow: { contactFlowId: "${SAMPLE.contactFlow}" } }) { contact { id } errors { code message } } }`,
    `mutation { stopTaskContact(input: { ${input} }) { contact { id } errors { code message } } }`,
    `mutation { tagTaskContact(input: { ${input}, tags: [] }) { contact { id } errors { code message } } }`,
  ];
};

describe("A caller's instances", () => {
  it.each([
    ['by alias, as a list', ['sales']],
    ['by id, as a list', [OTHER, 'unheard of']],
    ['by alias, as a text', 'sales'],
  ])('named %s are served to it by id and by alias', async (_how, claim) => {
    for (const name of ['sales', OTHER]) {
      const answer = await ask(claim, `{ connectContactFlows(instanceId: "${name}") { nodes { id instanceId } } }`);
      expect(answer).toEqual({ data: { connectContactFlows: { nodes: [{ id: FLOW, instanceId: OTHER }] } } });
    }
  });

  it.each([
    ['another one', ['sales']],
    ['none', []],
    ['nothing, for want of the claim', undefined],
    ['what is no list', { sales: true }],
    ['a wildcard, which there is none', '*'],
    ['a part of its name', 'suppor'],
  ])('hide the other instances before any call, for the claim %s', async (_what, claim) => {
    calls.take();
    const unserved = ways('nowhere');
    for (const name of ['support', SAMPLE.instanceId, null]) {
      for (const [index, query] of ways(name).entries()) {
        const expected = withoutRequestIds(await ask(claim, unserved[index] as string));
        expect(withoutRequestIds(await ask(claim, query))).toEqual(expected);
      }
    }
    expect(calls.take()).toEqual([]);
  });
});
