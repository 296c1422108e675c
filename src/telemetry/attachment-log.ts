import type { Logger } from 'pino';
import type { AttachmentOptions } from '../engine/files/attachments.js';

/** Logs why a file was not accepted. The reason holds no part of its address but the host. */
export function attachmentLog(logger: Logger): NonNullable<AttachmentOptions['onFailed']> {
  return ({ instanceId, contactId, fileId, status, error }) => {
    logger.warn({ instanceId, contactId, fileId, status, err: error }, 'An attachment was not accepted');
  };
}
