import type { GetAttachedFileRequest } from '../../connect/attachment.js';
import { given } from '../../util/given.js';
import { operation } from '../operation.js';

/** GetAttachedFile. Decision: no creator, because StartTaskContact does not state who attaches a file. */
export const getAttachedFile = operation({
  name: 'GetAttachedFile',
  method: 'GET',
  path: '/attached-files/{InstanceId}/{FileId}',
  members: {
    InstanceId: { type: 'string', in: 'path', required: true },
    FileId: { type: 'string', in: 'path', required: true },
    AssociatedResourceArn: { type: 'string', in: 'query', wireName: 'associatedResourceArn', required: true },
    UrlExpiryInSeconds: { type: 'integer', in: 'query', wireName: 'urlExpiryInSeconds' },
  },
  toRequest: (input): GetAttachedFileRequest => ({
    instanceId: input.InstanceId,
    fileId: input.FileId,
    associatedResourceArn: input.AssociatedResourceArn,
    ...given({ urlExpiryInSeconds: input.UrlExpiryInSeconds }),
  }),
  call: (connect, request, options) => connect.getAttachedFile(request, options),
  toResponse: (file, { associatedResourceArn }) => ({
    FileArn: file.arn,
    FileId: file.id,
    FileName: file.name,
    FileStatus: file.status,
    FileSizeInBytes: file.sizeBytes,
    FileUseCaseType: 'ATTACHMENT',
    CreationTime: file.createdAt?.toISOString(),
    AssociatedResourceArn: associatedResourceArn,
    DownloadUrlMetadata: file.downloadUrl && {
      Url: file.downloadUrl,
      UrlExpiry: file.downloadUrlExpiresAt?.toISOString(),
    },
  }),
});
