import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  clientTokenLength,
  contactFlowIdLength,
  idNotEmpty,
  instanceIdLength,
  previousContactIdLength,
  relatedContactIdLength,
  taskTemplateIdLength,
  userIdLength,
} from '../../../src/validation/rules/identifiers.js';
import { text } from '../../support/arbitraries.js';
import { itTakesLengths } from '../../support/lengths.js';

describe.each([
  ['InstanceId', instanceIdLength, 1, 100],
  ['ContactFlowId', contactFlowIdLength, 0, 500],
  ['TaskTemplateId', taskTemplateIdLength, 1, 500],
  ['PreviousContactId', previousContactIdLength, 1, 256],
  ['RelatedContactId', relatedContactIdLength, 1, 256],
  ['ClientToken', clientTokenLength, 0, 500],
] as const)('StartTaskContact.%s', (_, rule, min, max) => {
  itTakesLengths(rule, min, max);
});

describe('TransferContact.UserId', () => {
  itTakesLengths(userIdLength, 1, 256);

  it('names its own rule', () => {
    expect(userIdLength.id).toBe('api/user-id-length');
  });
});

describe('StartTaskContact.ContactFlowId and QuickConnectId', () => {
  it('are refused when given but empty', () => {
    expect(idNotEmpty.check('')).toEqual([{ path: [], actual: 'an empty text' }]);
  });

  it('accept any other text, of any length', () => {
    fc.assert(fc.property(text(1, 10_000), (id) => idNotEmpty.check(id).length === 0));
  });
});
