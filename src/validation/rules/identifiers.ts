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

/** The instance's id. */
export const instanceIdLength = lengthRule(
  'api/instance-id-length',
  INSTANCE_ID_LENGTH,
  'StartTaskContact, InstanceId: length constraints 1 to 100',
);

/** The contact flow's id. */
export const contactFlowIdLength = lengthRule(
  'api/contact-flow-id-length',
  CONTACT_FLOW_ID_LENGTH,
  'StartTaskContact, ContactFlowId: maximum length of 500',
);

/** The task template's id. */
export const taskTemplateIdLength = lengthRule(
  'api/task-template-id-length',
  TASK_TEMPLATE_ID_LENGTH,
  'StartTaskContact, TaskTemplateId: length constraints 1 to 500',
);

/** The id of the contact whose chain is joined. */
export const previousContactIdLength = lengthRule(
  'api/previous-contact-id-length',
  CONTACT_ID_LENGTH,
  'StartTaskContact, PreviousContactId: length constraints 1 to 256',
);

/** The id of the contact whose attributes are copied. */
export const relatedContactIdLength = lengthRule(
  'api/related-contact-id-length',
  CONTACT_ID_LENGTH,
  'StartTaskContact, RelatedContactId: length constraints 1 to 256',
);

/** The id of the contact that a request is about. */
export const contactIdLength = lengthRule(
  'api/contact-id-length',
  CONTACT_ID_LENGTH,
  'DescribeContact, ContactId: length constraints 1 to 256',
);

/** The user's id. */
export const userIdLength = lengthRule(
  'api/user-id-length',
  USER_ID_LENGTH,
  'TransferContact, UserId: length constraints 1 to 256',
);

/** The client token. An empty one counts as absent. */
export const clientTokenLength = lengthRule(
  'api/client-token-length',
  CLIENT_TOKEN_LENGTH,
  'StartTaskContact, ClientToken: maximum length of 500',
);

/** An id that is given but empty names nothing. The API states no minimum for flows and quick connects. */
export const idNotEmpty: Rule<string> = {
  id: 'gateway/id-not-empty',
  limit: 'an id, or no field at all',
  source: 'Our decision: the API states no minimum for ContactFlowId and QuickConnectId',
  check: (id) => (id === '' ? finding('an empty text') : NO_FINDINGS),
};
