import { describe, expect, it } from '@jest/globals';
import { check } from '../../../src/validation/rule.js';
import { exactlyOneFlowSource, onlyOneLink, selfAssignmentComplete } from '../../../src/validation/rules/exclusive.js';

const request = { instanceId: 'i', name: 'n' };

describe('ContactFlowId, QuickConnectId and TaskTemplateId', () => {
  const contactFlowId = 'f';
  const quickConnectId = 'q';
  const taskTemplateId = 't';

  it.each([{ contactFlowId }, { quickConnectId }, { taskTemplateId }])('accept %j', (source) => {
    expect(exactlyOneFlowSource.check({ ...request, ...source })).toEqual([]);
  });

  it.each([
    [{}, 'none of them'],
    [{ contactFlowId, quickConnectId }, 'ContactFlowId and QuickConnectId'],
    [{ contactFlowId, taskTemplateId }, 'ContactFlowId and TaskTemplateId'],
    [{ quickConnectId, taskTemplateId }, 'QuickConnectId and TaskTemplateId'],
    [{ contactFlowId, quickConnectId, taskTemplateId }, 'ContactFlowId and QuickConnectId and TaskTemplateId'],
  ])('refuse %j', (sources, actual) => {
    expect(exactlyOneFlowSource.check({ ...request, ...sources })).toEqual([{ path: [], actual }]);
  });

  it('count as given when they are empty', () => {
    expect(exactlyOneFlowSource.check({ ...request, contactFlowId: '', quickConnectId })).toEqual([
      { path: [], actual: 'ContactFlowId and QuickConnectId' },
    ]);
  });
});

describe('PreviousContactId and RelatedContactId', () => {
  it.each([{}, { previousContactId: 'p' }, { relatedContactId: 'r' }])('accept %j', (link) => {
    expect(onlyOneLink.check({ ...request, ...link })).toEqual([]);
  });

  it('refuse both together', () => {
    const both = { ...request, previousContactId: 'p', relatedContactId: 'r' };
    expect(onlyOneLink.check(both)).toEqual([{ path: [], actual: 'both' }]);
  });
});

describe('AssignmentType', () => {
  const assignmentType = 'SELF' as const;
  const createdByUserId = 'u';
  const taskTemplateId = 't';

  it.each([{}, { createdByUserId }, { taskTemplateId }, { assignmentType, createdByUserId, taskTemplateId }])(
    'is accepted in %j',
    (members) => {
      expect(selfAssignmentComplete.check({ ...request, ...members })).toEqual([]);
    },
  );

  it.each([
    [{ createdByUserId }, 'no task template'],
    [{ taskTemplateId }, 'no creator'],
    [{}, 'no creator and no task template'],
  ])('is refused beside %j alone', (members, actual) => {
    expect(check(selfAssignmentComplete, { ...request, assignmentType, ...members }, [])).toMatchObject([
      { rule: 'api/self-assignment-complete', path: [], actual },
    ]);
  });
});
