import type { FastifyInstance } from 'fastify';
import { type Attachments, UPLOADS_PATH } from '../engine/files/attachments.js';
import { FileSizeError } from '../engine/files/file-folder.js';
import { invalidParameter, invalidRequest, WireError } from '../wire/wire-error.js';

/** Options of {@link uploads}. */
export interface UploadOptions {
  /** Undefined: the engine keeps no attachments. */
  readonly attachments: Attachments | undefined;
}

/**
 * Takes files for attachments, as S3 does for the service: POST /attachments makes an address for one upload within an
 * hour, PUT stores the bytes there, and the address is then the url of an attachment. A Fastify plugin of the controls.
 */
export async function uploads(app: FastifyInstance, { attachments }: UploadOptions): Promise<void> {
  app.post('/attachments', async ({ headers }) => {
    const token = await kept(attachments).folder.openUpload();
    return { url: `http://${headers.host ?? ''}${UPLOADS_PATH}/${token}` };
  });

  await app.register(async (inner) => {
    // A file has any content type, and is stored while it arrives.
    inner.removeAllContentTypeParsers();
    inner.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const bodyLimit = Number.MAX_SAFE_INTEGER;
    inner.put<{ Params: { token: string } }>('/attachments/:token', { bodyLimit }, async ({ params, body }) => {
      const { folder, maxBytes } = kept(attachments);
      const bytes = (body ?? []) as AsyncIterable<Uint8Array>;
      const size = await folder.upload(params.token, bytes, maxBytes).catch((error: unknown) => {
        throw error instanceof FileSizeError ? invalidParameter(error.message) : error;
      });
      if (size === undefined) {
        throw new WireError(
          'AccessDeniedException',
          403,
          'This upload address is unknown or was used. Make another one.',
        );
      }
      return { sizeBytes: size };
    });
  });
}

/**
 * Returns the files of the engine.
 *
 * @throws WireError InvalidRequestException if it keeps none
 */
function kept(attachments: Attachments | undefined): Attachments {
  if (attachments === undefined) {
    throw invalidRequest('This engine keeps no attachments. Set CONNECT_ATTACHMENTS_FOLDER.');
  }
  return attachments;
}
