import type { GetAttachedFileResponse } from '@aws-sdk/client-connect';
import type { AttachedFile, GetAttachedFileRequest } from '../connect/attachment.js';
import { given } from '../util/given.js';
import { requireMember } from './members.js';

/** Converts the answer of GetAttachedFile. */
export function toAttachedFile(
  { instanceId, fileId }: GetAttachedFileRequest,
  output: GetAttachedFileResponse,
): AttachedFile {
  const { Url, UrlExpiry } = output.DownloadUrlMetadata ?? {};
  return {
    instanceId,
    id: output.FileId ?? fileId,
    arn: requireMember('FileArn', output.FileArn),
    name: requireMember('FileName', output.FileName),
    status: requireMember('FileStatus', output.FileStatus),
    sizeBytes: output.FileSizeInBytes ?? 0,
    ...given({ createdAt: toDate(output.CreationTime), downloadUrl: Url, downloadUrlExpiresAt: toDate(UrlExpiry) }),
  };
}

/** Parses an ISO timestamp. Undefined for another text. */
function toDate(text: string | undefined): Date | undefined {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? undefined : date;
}
