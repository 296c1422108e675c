import { createHmac, timingSafeEqual } from 'node:crypto';

/** Path prefix of downloads. No operation of Amazon Connect begins with it. */
export const DOWNLOADS_PATH = '/attachments';

/** A file of a contact. */
export interface FilePlace {
  readonly instanceId: string;
  readonly contactId: string;
  readonly fileId: string;
}

/** A download as a client asks for it. */
export interface DownloadRequest extends FilePlace {
  /** When the address ends, in seconds since the epoch. */
  readonly expires: string;
  readonly signature: string;
}

/**
 * Returns a path that downloads a file until an instant.
 *
 * @param expires seconds since the epoch
 */
export function signedPath(key: Buffer, place: FilePlace, expires: number): string {
  const { instanceId, contactId, fileId } = place;
  const segments = [instanceId, contactId, fileId].map(encodeURIComponent).join('/');
  return `${DOWNLOADS_PATH}/${segments}?expires=${expires}&signature=${signatureOf(key, place, String(expires))}`;
}

/** Returns whether a download was signed with the key, and has not ended. */
export function isSigned(key: Buffer, { expires, signature, ...place }: DownloadRequest, now: number): boolean {
  const expected = Buffer.from(signatureOf(key, place, expires));
  const received = Buffer.from(signature);
  return (
    received.length === expected.length &&
    timingSafeEqual(received, expected) &&
    /^\d{1,12}$/.test(expires) &&
    now < Number(expires) * 1000
  );
}

function signatureOf(key: Buffer, { instanceId, contactId, fileId }: FilePlace, expires: string): string {
  return createHmac('sha256', key)
    .update(JSON.stringify([instanceId, contactId, fileId, expires]))
    .digest('base64url');
}
