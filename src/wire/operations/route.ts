import type {
  AssociateContactWithUserRequest,
  UpdateContactRoutingDataRequest,
  UpdateContactTaskTemplateRequest,
} from '../../connect/lifecycle.js';
import { given } from '../../util/given.js';
import { nothing, operation } from '../operation.js';
import { invalidParameter } from '../wire-error.js';
import { aboutContact, IDS_IN_BODY, IDS_IN_PATH } from './ids.js';

/** UpdateContactRoutingData. */
export const updateContactRoutingData = operation({
  name: 'UpdateContactRoutingData',
  method: 'POST',
  path: '/contacts/{InstanceId}/{ContactId}/routing-data',
  members: {
    ...IDS_IN_PATH,
    QueuePriority: { type: 'long' },
    QueueTimeAdjustmentSeconds: { type: 'integer' },
    RoutingCriteria: { type: 'refused' },
  },
  toRequest(input): UpdateContactRoutingDataRequest {
    if (input.RoutingCriteria !== undefined) {
      throw invalidParameter('RoutingCriteria is not supported. Set QueuePriority or QueueTimeAdjustmentSeconds.');
    }
    return {
      ...aboutContact(input),
      ...given({
        queuePriority: input.QueuePriority,
        queueTimeAdjustmentSeconds: input.QueueTimeAdjustmentSeconds,
      }),
    };
  },
  call: (connect, request, options) => connect.updateContactRoutingData(request, options),
  toResponse: nothing,
});

/** AssociateContactWithUser. */
export const associateContactWithUser = operation({
  name: 'AssociateContactWithUser',
  method: 'POST',
  path: '/contacts/{InstanceId}/{ContactId}/associate-user',
  members: { ...IDS_IN_PATH, UserId: { type: 'string', required: true } },
  toRequest: (input): AssociateContactWithUserRequest => ({ ...aboutContact(input), userId: input.UserId }),
  call: (connect, request, options) => connect.associateContactWithUser(request, options),
  toResponse: nothing,
});

/** UpdateContactTaskTemplate. */
export const updateContactTaskTemplate = operation({
  name: 'UpdateContactTaskTemplate',
  method: 'POST',
  path: '/contact/task-template',
  members: { ...IDS_IN_BODY, TaskTemplateId: { type: 'string', required: true } },
  toRequest: (input): UpdateContactTaskTemplateRequest => ({
    ...aboutContact(input),
    taskTemplateId: input.TaskTemplateId,
  }),
  call: (connect, request, options) => connect.updateContactTaskTemplate(request, options),
  toResponse: nothing,
});
