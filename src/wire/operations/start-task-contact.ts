import { START_TASK_NAMES } from '../../connect/api-names/members.js';
import type { StartTaskContactRequest } from '../../connect/start-task-contact.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';
import { pairs, references, segmentsOfCreation } from '../shapes.js';
import { invalidParameter } from '../wire-error.js';

/** StartTaskContact. */
export const startTaskContact = operation({
  name: 'StartTaskContact',
  method: 'PUT',
  path: '/contact/task',
  names: START_TASK_NAMES,
  members: {
    InstanceId: { type: 'string', required: true },
    Name: { type: 'string', required: true },
    Description: { type: 'string' },
    ContactFlowId: { type: 'string' },
    QuickConnectId: { type: 'string' },
    TaskTemplateId: { type: 'string' },
    PreviousContactId: { type: 'string' },
    RelatedContactId: { type: 'string' },
    Attributes: { type: 'string map' },
    References: { type: 'reference map' },
    ClientToken: { type: 'string' },
    ScheduledTime: { type: 'timestamp' },
    SegmentAttributes: { type: 'segment attribute map' },
    Attachments: { type: 'attachment list' },
  },
  toRequest(input): StartTaskContactRequest {
    if (input.Attachments?.length === 0) throw invalidParameter('Attachments: expected 1 to 5, but got none.');
    return {
      instanceId: input.InstanceId,
      name: input.Name,
      ...given({
        description: input.Description,
        contactFlowId: input.ContactFlowId,
        quickConnectId: input.QuickConnectId,
        taskTemplateId: input.TaskTemplateId,
        previousContactId: input.PreviousContactId,
        relatedContactId: input.RelatedContactId,
        attributes: pairs(input.Attributes),
        references: references(input.References),
        attachments: input.Attachments?.map(({ FileName, S3Url }) => ({ fileName: FileName, url: S3Url })),
        clientToken: input.ClientToken,
        scheduledTime: input.ScheduledTime,
        ...segmentsOfCreation(input.SegmentAttributes),
      }),
    };
  },
  call: (connect, request, options) => connect.startTaskContact(request, options),
  toResponse: ({ contactId }) => ({ ContactId: contactId }),
});
