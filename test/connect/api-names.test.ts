import { describe, expect, it } from '@jest/globals';
import { apiName, ATTRIBUTES_NAMES, portName, SEARCH_NAMES } from '../../src/connect/api-names/members.js';
import { toApiPropertyPath, toPortPropertyPath } from '../../src/connect/api-names/template-fields.js';
import type { Path } from '../../src/connect/violation.js';
import { pathOf } from '../../src/aws/to-violation.js';

describe('Names of members', () => {
  it.each([
    ['contactFlowId', 'ContactFlowId', undefined],
    ['expiryMinutes', 'SegmentAttributes["connect:ContactExpiry"]', undefined],
    ['createdByUserId', 'SegmentAttributes["connect:CreatedByUser"]', undefined],
    ['segmentAttributes', 'SegmentAttributes', undefined],
    ['keys', 'TagKeys', undefined],
    ['contactId', 'InitialContactId', ATTRIBUTES_NAMES],
    ['criteria', 'SearchCriteria', SEARCH_NAMES],
    ['attributes', 'SearchableContactAttributes', SEARCH_NAMES],
    ['tags', 'ContactTags', SEARCH_NAMES],
  ] as const)('lead from %s to %s and back', (ours, theirs, names) => {
    expect(apiName(ours, names)).toBe(theirs);
    expect(portName(theirs)).toBe(ours);
  });

  it('leave out an object that the port does not have', () => {
    expect(portName('SearchText')).toBeUndefined();
  });
});

describe('Property paths of task templates', () => {
  it.each([
    [['fields', 0, 'name'], 'Fields[0].Id.Name'],
    [['fields', 1, 'type'], 'Fields[1].Type'],
    [['fields', 2, 'description'], 'Fields[2].Description'],
    [['fields', 3, 'options', 4], 'Fields[3].SingleSelectOptions[4]'],
    [['fields', 5], 'Fields[5]'],
    [['fields'], 'Fields'],
    [['contactFlowId'], 'ContactFlowId'],
  ] as readonly (readonly [Path, string])[])('lead from %j to %s and back', (ours, theirs) => {
    expect(toApiPropertyPath(ours)).toBe(theirs);
    expect(toPortPropertyPath(pathOf(theirs))).toEqual(ours);
  });

  it.each([
    ['required', 'Constraints.RequiredFields'],
    ['readOnly', 'Constraints.ReadOnlyFields'],
    ['invisible', 'Constraints.InvisibleFields'],
    ['defaultValue', 'Defaults.DefaultFieldValues'],
  ])('lead from %s of a field to %s, which names no field on the way back', (member, theirs) => {
    expect(toApiPropertyPath(['fields', 0, member])).toBe(theirs);
    expect(toPortPropertyPath(pathOf(theirs))).toEqual(['fields']);
  });
});
