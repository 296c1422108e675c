import type { GetAttachedFileRequest } from '../../connect/attachment.js';
import { FILE_ID_LENGTH, URL_EXPIRY_SECONDS } from '../../connect/limits.js';
import type { Violation } from '../../connect/violation.js';
import { checkEachMember, finding, type MemberRules, NO_FINDINGS, type Rule } from '../rule.js';
import { excerpt, plural } from '../text.js';
import { instanceIdLength } from '../rules/identifiers.js';
import { lengthRule, storableText } from '../rules/text.js';

const fileIdLength = lengthRule('api/file-id-length', FILE_ID_LENGTH, 'Service model, FileId: length 1 to 256');

const associatedResource: Rule<string> = {
  id: 'api/associated-resource-arn',
  limit: 'the ARN of a contact',
  source:
    'GetAttachedFile, AssociatedResourceArn: a valid ARN. Decision: of a contact, because the engine has no cases',
  check: (arn) => (/^arn:.+\/contact\/[^/]+$/s.test(arn) ? NO_FINDINGS : finding(excerpt(arn))),
};

const urlExpiry: Rule<number> = {
  id: 'api/url-expiry-range',
  limit: `${URL_EXPIRY_SECONDS.min} to ${URL_EXPIRY_SECONDS.max} seconds`,
  source: 'Service model, URLExpiryInSeconds: 5 to 300',
  check: (seconds) =>
    seconds >= URL_EXPIRY_SECONDS.min && seconds <= URL_EXPIRY_SECONDS.max
      ? NO_FINDINGS
      : finding(plural(seconds, 'second')),
};

/** The rules of each member of a GetAttachedFile request. */
export const getAttachedFileRules = {
  instanceId: [instanceIdLength, storableText],
  fileId: [fileIdLength, storableText],
  associatedResourceArn: [associatedResource, storableText],
  urlExpiryInSeconds: [urlExpiry],
} satisfies MemberRules<GetAttachedFileRequest>;

/** Checks a GetAttachedFile request. */
export function checkGetAttachedFile(request: GetAttachedFileRequest): readonly Violation[] {
  return checkEachMember<GetAttachedFileRequest>(getAttachedFileRules, request);
}
