import { describe, expect, it } from '@jest/globals';
import { RULES } from '../../src/app/rule-registry.js';
import { SAMPLE } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const PATH = `/instance/${SAMPLE.instanceId}/task/template`;
const Id = { Name: 'Title' };
const sound = {
  Name: 'New',
  ContactFlowId: SAMPLE.contactFlow,
  Fields: [{ Id, Type: 'NAME' }],
  Constraints: { RequiredFields: [{ Id }] },
};

describe('The body of CreateTaskTemplate', () => {
  it.each<[string, object, string, string]>([
    ['no name', { Name: undefined }, 'InvalidParameterException', 'Name is required'],
    ['no fields', { Fields: undefined }, 'InvalidParameterException', 'Fields is required'],
    ['null for the fields', { Fields: null }, 'InvalidParameterException', 'Fields is required'],
    ['fields that are no list', { Fields: {} }, 'SerializationException', 'Fields must be a list'],
    ['a field that is null', { Fields: [null] }, 'SerializationException', 'Fields[0] must be an object'],
    ['a field without an id', { Fields: [{ Type: 'NAME' }] }, 'InvalidParameterException', 'Fields[0].Id.Name'],
    ['an id that is a text', { Fields: [{ Id: 'x' }] }, 'SerializationException', 'Fields[0].Id must be an object'],
    ['a type that is a number', { Fields: [{ Id, Type: 1 }] }, 'SerializationException', 'Fields[0].Type must be'],
    [
      'a choice that is no text',
      { Fields: [{ Id, SingleSelectOptions: ['a', 1] }] },
      'SerializationException',
      'Fields[0].SingleSelectOptions[1] must be a string',
    ],
    ['constraints in a list', { Constraints: [] }, 'SerializationException', 'Constraints must be an object'],
    [
      'a constraint that is no list',
      { Constraints: { ReadOnlyFields: 'x' } },
      'SerializationException',
      'Constraints.ReadOnlyFields must be a list',
    ],
    [
      'a default of nothing',
      { Defaults: { DefaultFieldValues: [{ DefaultValue: 'x' }] } },
      'InvalidParameterException',
      'Defaults.DefaultFieldValues[0].Id.Name is required',
    ],
    [
      'a default that is a number',
      { Defaults: { DefaultFieldValues: [{ Id, DefaultValue: 1 }] } },
      'SerializationException',
      'Defaults.DefaultFieldValues[0].DefaultValue must be a string',
    ],
    ['another status', { Status: 'OLD' }, 'InvalidParameterException', 'one of ACTIVE, INACTIVE'],
  ])('is refused with %s', async (_what, members, errorType, message) => {
    await using wire = await startTestWire();
    const { status, type, json } = await send(wire.url, 'PUT', PATH, JSON.stringify({ ...sound, ...members }));
    expect([status, type]).toEqual([400, errorType]);
    expect(json.Message).toContain(message);
  });

  it('lists each property that is wrong, beside a message that reports them in words', async () => {
    await using wire = await startTestWire();
    const { status, type, json } = await send(
      wire.url,
      'PUT',
      PATH,
      JSON.stringify({ ...sound, Fields: [], Constraints: {} }),
    );
    expect([status, type]).toEqual([400, 'PropertyValidationException']);
    expect(json).toEqual({
      __type: 'PropertyValidationException',
      Message: 'Fields: Expected exactly one field of type NAME, but got none.',
      PropertyList: [
        {
          PropertyPath: 'Fields',
          Reason: 'REQUIRED_PROPERTY_MISSING',
          Message: 'Expected exactly one field of type NAME, but got none.',
        },
      ],
    });
  });

  it('reports constraints and fields by the names that they have there', async () => {
    await using wire = await startTestWire();
    const { json } = await send(wire.url, 'PUT', PATH, JSON.stringify({ ...sound, Constraints: {} }));
    expect(json.Message).toMatch(
      /^Constraints\.RequiredFields: Expected the field of type NAME among the required ones/,
    );
  });

  it.each([
    [
      'a constraint',
      'Constraints.ReadOnlyFields[1]',
      { Constraints: { ReadOnlyFields: [{ Id }, { Id: { Name: 'X' } }] } },
    ],
    [
      'a default',
      'Defaults.DefaultFieldValues[0]',
      { Defaults: { DefaultFieldValues: [{ Id: { Name: 'X' }, DefaultValue: 'x' }] } },
    ],
  ])('is refused with %s for a field that the template does not have', async (_what, at, members) => {
    await using wire = await startTestWire();
    const { status, type, json } = await send(wire.url, 'PUT', PATH, JSON.stringify({ ...sound, ...members }));
    expect([status, type]).toEqual([400, 'PropertyValidationException']);
    const rule = RULES.find(({ id }) => id === 'engine/task-template-field-named');
    expect(json.PropertyList).toEqual([
      {
        PropertyPath: `${at}.Id.Name`,
        Reason: 'REFERENCED_RESOURCE_NOT_FOUND',
        Message: `Expected ${rule?.limit}, but got "X".`,
      },
    ]);
  });

  it('accepts omitted or null optional members; a field without a type is a TEXT', async () => {
    await using wire = await startTestWire();
    const body = {
      ...sound,
      Fields: [...sound.Fields, { Id: { Name: 'Note' }, Type: null }],
      Defaults: null,
      Description: null,
      Status: null,
      Unknown: { deep: [1] },
    };
    const { status, json } = await send(wire.url, 'PUT', PATH, JSON.stringify(body));
    expect(status).toBe(200);
    expect(json).toEqual({ Id: expect.any(String), Arn: `${SAMPLE.instanceArn}/task-template/${json.Id}` });
    const template = await send(wire.url, 'GET', `${PATH}/${json.Id}?snapshotVersion=1`);
    expect(template.json).toMatchObject({ Status: 'ACTIVE', Fields: [{ Type: 'NAME' }, { Type: 'TEXT' }] });
    expect(template.json).not.toHaveProperty('Description');
  });
});
