import { bareId } from '../../connect/arn.js';
import type { AttachedFile, GetAttachedFileRequest } from '../../connect/attachment.js';
import { InvalidRequestError, ResourceNotFoundError } from '../../connect/errors.js';
import { DEFAULT_URL_EXPIRY_SECONDS } from '../../connect/limits.js';
import type { RuleFacts } from '../../connect/violation.js';
import { checkGetAttachedFile } from '../../validation/requests/get-attached-file.js';
import { arnOf, checkArn } from '../arn.js';
import { readAttachments } from '../decide/attachments.js';
import { instantOf } from '../decide/to-contact.js';
import type { Attachments } from '../files/attachments.js';
import type { StoreReads } from '../store/store.js';

/** Requires a folder for files. */
export const attachmentsKept: RuleFacts = {
  id: 'engine/attachments-kept',
  limit: 'an engine with a folder for attachments',
  source: 'Decision: replicas on PostgreSQL need a folder that all of them share, which no default can be',
  advice: 'Set CONNECT_ATTACHMENTS_FOLDER to a folder that all replicas share.',
};

/**
 * Reads a file of a contact, with an address to download it from if it is approved.
 *
 * @param attachments the files of the engine; undefined if it keeps none
 * @throws InvalidRequestError, ResourceNotFoundError
 */
export async function readAttachedFile(
  store: StoreReads,
  attachments: Attachments | undefined,
  request: GetAttachedFileRequest,
): Promise<AttachedFile> {
  const violations = checkGetAttachedFile(request);
  if (violations.length > 0) throw new InvalidRequestError(violations);
  const { fileId, associatedResourceArn, urlExpiryInSeconds = DEFAULT_URL_EXPIRY_SECONDS } = request;
  const instanceId = bareId(request.instanceId);
  const instanceArn = await store.instanceArn(instanceId);
  if (instanceArn === undefined) throw new ResourceNotFoundError('INSTANCE', request.instanceId, 'instanceId');
  const foreign = [
    ...checkArn(request.instanceId, instanceArn, 'INSTANCE', ['instanceId']),
    ...checkArn(associatedResourceArn, instanceArn, 'CONTACT', ['associatedResourceArn']),
  ];
  if (foreign.length > 0) throw new InvalidRequestError(foreign);
  const contactId = bareId(associatedResourceArn);
  const [row] = await store.contacts(instanceId, [contactId]);
  if (row === undefined) throw new ResourceNotFoundError('CONTACT', contactId, 'associatedResourceArn');
  const found = readAttachments(row, instantOf(row)).find(({ id }) => id === fileId);
  if (found === undefined) throw new ResourceNotFoundError('FILE', fileId, 'fileId');
  const place = { instanceId, contactId, fileId };
  const download = found.status === 'APPROVED' ? await attachments?.downloadUrl(place, urlExpiryInSeconds) : undefined;
  return {
    instanceId,
    id: fileId,
    arn: arnOf(instanceArn, 'FILE', fileId),
    name: found.name,
    status: found.status,
    sizeBytes: found.size,
    createdAt: new Date(row.initiatedAt),
    ...(download && { downloadUrl: download.url, downloadUrlExpiresAt: download.expiresAt }),
  };
}
