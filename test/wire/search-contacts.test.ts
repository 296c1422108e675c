import { SearchContactsCommand, type SearchCriteria, StartTaskContactCommand } from '@aws-sdk/client-connect';
import { describe, expect, it } from '@jest/globals';
import { HOUR, MINUTE, NOW, SAMPLE } from '../support/engine.js';
import { send, startTestWire } from '../support/wire.js';

const InstanceId = SAMPLE.instanceId;
const TimeRange = { Type: 'INITIATION_TIMESTAMP', StartTime: new Date(NOW), EndTime: new Date(NOW + HOUR) } as const;

describe('SearchContacts over the wire', () => {
  it('answers the SDK with summaries, page by page', async () => {
    await using wire = await startTestWire();
    const client = wire.client();
    const ids: string[] = [];
    for (const Name of ['Call Ann', 'Call Bob', 'Mail Cleo']) {
      wire.test.clock.now += MINUTE;
      const started = { InstanceId, Name, ContactFlowId: SAMPLE.contactFlow, Attributes: { plan: 'gold' } };
      ids.push((await client.send(new StartTaskContactCommand(started))).ContactId as string);
    }
    const asked = {
      InstanceId,
      TimeRange,
      SearchCriteria: {
        Name: { SearchText: ['call'], MatchType: 'MATCH_ANY' },
        Channels: ['TASK'],
        SearchableContactAttributes: { Criteria: [{ Key: 'plan', Values: ['gold'] }] },
      } satisfies SearchCriteria,
      MaxResults: 1,
      Sort: { FieldName: 'INITIATION_TIMESTAMP', Order: 'ASCENDING' },
    } as const;
    const first = await client.send(new SearchContactsCommand(asked));
    expect(first).toMatchObject({
      TotalCount: 2,
      Contacts: [
        {
          Arn: `${SAMPLE.instanceArn}/contact/${ids[0]}`,
          Id: ids[0],
          Name: 'Call Ann',
          Channel: 'TASK',
          InitiationMethod: 'API',
          InitiationTimestamp: new Date(NOW + MINUTE),
        },
      ],
    });
    const second = await client.send(new SearchContactsCommand({ ...asked, NextToken: first.NextToken }));
    expect(second.Contacts?.map(({ Id }) => Id)).toEqual([ids[1]]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each<[string, object, string]>([
    ['a criterion that is not modelled', { SearchCriteria: { ContactAnalysis: {} } }, 'InvalidParameterException'],
    [
      'a further time range',
      { SearchCriteria: { AdditionalTimeRange: { Criteria: [{ TimeRange: {} }], MatchType: 'MATCH_ALL' } } },
      'InvalidParameterException',
    ],
    [
      'any of several absent timestamps',
      {
        SearchCriteria: {
          AdditionalTimeRange: {
            Criteria: ['DISCONNECT_TIMESTAMP', 'ENQUEUE_TIMESTAMP'].map((Type) => ({
              TimestampCondition: { Type, ConditionType: 'NOT_EXISTS' },
            })),
            MatchType: 'MATCH_ANY',
          },
        },
      },
      'InvalidParameterException',
    ],
    ['an unknown word', { SearchCriteria: { Channels: ['FAX'] } }, 'InvalidParameterException'],
    ['a missing member inside', { Sort: { FieldName: 'CHANNEL' } }, 'InvalidParameterException'],
    [
      'a sort by ENQUEUE_TIMESTAMP',
      { Sort: { FieldName: 'ENQUEUE_TIMESTAMP', Order: 'ASCENDING' } },
      'InvalidParameterException',
    ],
    ['a wrong type', { SearchCriteria: { QueueIds: 'q' } }, 'SerializationException'],
    ['a list for an object', { SearchCriteria: [] }, 'SerializationException'],
    [
      'a huge instant',
      { TimeRange: { Type: 'INITIATION_TIMESTAMP', StartTime: 0, EndTime: 1e300 } },
      'InvalidParameterException',
    ],
    [
      'two ways of tags',
      { SearchCriteria: { ContactTags: { AndConditions: [], OrConditions: [] } } },
      'InvalidParameterException',
    ],
  ])('refuses %s', async (_what, members, type) => {
    await using wire = await startTestWire();
    const range = { Type: 'INITIATION_TIMESTAMP', StartTime: NOW / 1000, EndTime: NOW / 1000 + 1 };
    const body = JSON.stringify({ InstanceId, TimeRange: range, ...members });
    const answer = await send(wire.url, 'POST', '/search-contacts', body);
    expect(answer).toMatchObject({ status: 400, type });
  });
});
