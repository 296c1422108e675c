import {
  CLIENT_TOKEN_LENGTH,
  CONTACT_FLOW_ID_LENGTH,
  CONTACT_ID_LENGTH,
  INSTANCE_ID_LENGTH,
  TASK_TEMPLATE_ID_LENGTH,
  USER_ID_LENGTH,
} from '../../connect/limits.js';
import { finding, NO_FINDINGS, type Rule } from '../rule.js';
import { lengthRule } from './text.js';

/** Bounds the id of an instance. */
export const instanceIdLength = lengthRule(
  'api/instance-id-length',
  INSTANCE_ID_LENGTH,
  'StartTaskContact, InstanceId: length constraints 1 to 100',
);

/** Bounds the id of a contact flow. */
export const contactFlowIdLength = lengthRule(
  'api/contact-flow-id-length',
  CONTACT_FLOW_ID_LENGTH,
  'StartTaskContact, ContactFlowId: maximum length of 500',
);

/** Bounds the id of a task template. */
export const taskTemplateIdLength = lengthRule(
  'api/task-template-id-length',
  TASK_TEMPLATE_ID_LENGTH,
  'StartTaskContact, TaskTemplateId: length constraints 1 to 500',
);

/** Bounds the id of the contact whose chain the new task joins. */
export const previousContactIdLength = lengthRule(
  'api/previous-contact-id-length',
  CONTACT_ID_LENGTH,
  'StartTaskContact, PreviousContactId: length constraints 1 to 256',
);

/** Bounds the id of the contact whose attributes the new task copies. */
export const relatedContactIdLength = lengthRule(
  'api/related-contact-id-length',
  CONTACT_ID_LENGTH,
  'StartTaskContact, RelatedContactId: length constraints 1 to 256',
);

/** Bounds the id of the contact that a request names. */
export const contactIdLength = lengthRule(
  'api/contact-id-length',
  CONTACT_ID_LENGTH,
  'DescribeContact, ContactId: length constraints 1 to 256',
);

/** Bounds the id of a user. */
export const userIdLength = lengthRule(
  'api/user-id-length',
  USER_ID_LENGTH,
  'TransferContact, UserId: length constraints 1 to 256',
);

/** Bounds the client token. An empty one counts as absent. */
export const clientTokenLength = lengthRule(
  'api/client-token-length',
  CLIENT_TOKEN_LENGTH,
  'StartTaskContact, ClientToken: maximum length of 500',
);

/** Refuses an empty id. The API states no minimum for flows and quick connects. */
export const idNotEmpty: Rule<string> = {
  id: 'gateway/id-not-empty',
  limit: 'an id, or no field at all',
  source: 'Decision: the API states no minimum for ContactFlowId and QuickConnectId',
  check: (id) => (id === '' ? finding('an empty text') : NO_FINDINGS),
};
