import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openAt } from '../support/aws.js';
import { NOW, refusal, request, SAMPLE, UNKNOWN_ID } from '../support/engine.js';
import { send, startTestWire, type TestWire } from '../support/wire.js';

const { instanceId, contactFlow, voiceContact } = SAMPLE;
const InstanceId = instanceId;

let wire: TestWire;
beforeAll(async () => {
  wire = await startTestWire();
});
afterAll(async () => await wire[Symbol.asyncDispose]());

const task = { InstanceId, Name: '', ContactFlowId: contactFlow };
const range = { Type: 'INITIATION_TIMESTAMP', StartTime: NOW / 1000, EndTime: NOW / 1000 + 1 };
const search = { InstanceId, TimeRange: range };
const queue = `${SAMPLE.instanceArn}/queue/q`;

describe('A message names the place by the wire’s names:', () => {
  it.each<readonly [string, method: string, path: string, body: object | undefined]>([
    ['Name', 'PUT', '/contact/task', { ...task, Name: 'n'.repeat(513) }],
    ['Attributes["a b"]', 'PUT', '/contact/task', { ...task, Attributes: { fine: '', 'a b': '' } }],
    ['Attributes["ok"]', 'PUT', '/contact/task', { ...task, Attributes: { ok: '\0' } }],
    ['Attributes', 'PUT', '/contact/task', { ...task, Attributes: { ok: 'x'.repeat(32_767) } }],
    [
      'References["Order \\"1\\""].Value',
      'PUT',
      '/contact/task',
      { ...task, References: { 'Order "1"': { Type: 'URL', Value: 'x' } } },
    ],
    ['References["x"].Type', 'PUT', '/contact/task', { ...task, References: { x: { Type: 'FAX', Value: 'x' } } }],
    ['References[""]', 'PUT', '/contact/task', { ...task, References: { '': { Type: 'STRING', Value: 'x' } } }],
    [
      'SegmentAttributes["connect:ContactExpiry"]',
      'PUT',
      '/contact/task',
      {
        ...task,
        SegmentAttributes: { 'connect:ContactExpiry': { ValueMap: { ExpiryDuration: { ValueInteger: 0 } } } },
      },
    ],
    [
      'Tags["aws:x"]',
      'POST',
      '/contact/tags',
      { InstanceId, ContactId: voiceContact, Tags: { team: 'a', 'aws:x': '' } },
    ],
    ['TagKeys[1]', 'DELETE', `/contact/tags/${instanceId}/${voiceContact}?TagKeys=a&TagKeys=`, undefined],
    [
      'InitialContactId',
      'POST',
      '/contact/attributes',
      { InstanceId, InitialContactId: 'x'.repeat(257), Attributes: {} },
    ],
    ['InitialContactId', 'GET', `/contact/attributes/${instanceId}/${'x'.repeat(257)}`, undefined],
    ['TimeRange', 'POST', '/search-contacts', { ...search, TimeRange: { ...range, EndTime: 0 } }],
    ['MaxResults', 'POST', '/search-contacts', { ...search, MaxResults: 101 }],
    ['NextToken', 'POST', '/search-contacts', { ...search, NextToken: 'x' }],
    [
      'SearchCriteria.Name.SearchText[0]',
      'POST',
      '/search-contacts',
      { ...search, SearchCriteria: { Name: { SearchText: ['x'.repeat(129)], MatchType: 'MATCH_ALL' } } },
    ],
    [
      'SearchCriteria.AgentIds[1]',
      'POST',
      '/search-contacts',
      { ...search, SearchCriteria: { AgentIds: ['a', queue] } },
    ],
    [
      'SearchCriteria.SearchableContactAttributes',
      'POST',
      '/search-contacts',
      {
        ...search,
        SearchCriteria: { SearchableContactAttributes: { Criteria: [{ Key: 'k', Values: Array(21).fill('v') }] } },
      },
    ],
    [
      'SearchCriteria.ContactTags',
      'POST',
      '/search-contacts',
      { ...search, SearchCriteria: { ContactTags: { OrConditions: [[]] } } },
    ],
  ])('%s, of %s %s', async (place, method, path, body) => {
    const answer = await send(wire.url, method, path, body && JSON.stringify(body));
    const isReference = /^References.*(Type|Value)$/.test(place);
    expect([answer.status, answer.type]).toEqual([
      400,
      isReference ? 'InvalidRequestException' : 'InvalidParameterException',
    ]);
    expect(String(answer.json.Message).split(': ')[0]).toBe(place);
  });

  it('names the place of what is not found', async () => {
    const answer = await send(wire.url, 'GET', `/contact/attributes/${instanceId}/${UNKNOWN_ID}`);
    expect(answer).toMatchObject({ status: 404, type: 'ResourceNotFoundException' });
    expect(answer.json.Message).toContain('Check InitialContactId:');
  });

  it('names the place of wrong types, and shortens a long key', async () => {
    const Attributes = { ['k'.repeat(100)]: 1 };
    const { json } = await send(wire.url, 'PUT', '/contact/task', JSON.stringify({ ...task, Attributes }));
    expect(json.Message).toBe(`Attributes["${'k'.repeat(40)}…"] must be a string.`);
  });
});

describe('The adapter reads them back by the port’s names:', () => {
  it.each<readonly [string, Parameters<typeof request>[0], readonly (string | number)[]]>([
    [
      'an attribute, by its place in the list',
      { attributes: ['a', 'b c'].map((key) => ({ key, value: '' })) },
      ['attributes', 1],
    ],
    ['a reference', { references: [{ name: 'Order "1": x', type: 'URL', value: 'x' }] }, ['references', 0, 'value']],
    [
      'a key that is too long to be reported',
      { attributes: [{ key: `${'k'.repeat(99)} `, value: '' }] },
      ['attributes'],
    ],
    ['the expiry', { expiryMinutes: 0 }, ['expiryMinutes']],
  ])('%s', async (_what, members, path) => {
    const connect = await openAt(wire.url);
    const fault = await refusal(connect.startTaskContact(request(members)));
    await connect.close();
    const code = path[0] === 'references' ? 'InvalidRequestException' : 'InvalidParameterException';
    expect(fault).toMatchObject({ code, violations: [{ path }] });
  });
});
