import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Attachments } from '../engine/files/attachments.js';
import { DOWNLOADS_PATH } from '../engine/files/signed-path.js';

/** What downloads are served from. */
export interface DownloadOptions {
  readonly attachments: Attachments;
  /** Returns the name of a file; undefined if the contact does not have it. */
  readonly nameOf: (instanceId: string, contactId: string, fileId: string) => Promise<string | undefined>;
}

interface Download {
  readonly Params: { readonly instanceId: string; readonly contactId: string; readonly fileId: string };
  readonly Querystring: { readonly expires?: string; readonly signature?: string };
}

/**
 * Serves attachments by the signed addresses of GetAttachedFile, as S3 does for the service: a Fastify plugin. The
 * signature is the only permission that a download needs.
 */
export async function downloads(app: FastifyInstance, { attachments, nameOf }: DownloadOptions): Promise<void> {
  app.get<Download>(`${DOWNLOADS_PATH}/:instanceId/:contactId/:fileId`, async ({ params, query }, reply) => {
    const { expires, signature } = query;
    if (typeof expires !== 'string' || typeof signature !== 'string') return refuse(reply);
    const { instanceId, contactId, fileId } = params;
    const found = await attachments.open({ ...params, expires, signature });
    if (found === undefined) return refuse(reply);
    const name = (await nameOf(instanceId, contactId, fileId)) ?? fileId;
    return secured(reply)
      .header('content-type', 'application/octet-stream')
      .header('content-length', found.size)
      .header('content-disposition', `attachment; filename*=UTF-8''${encoded(name)}`)
      .send(found.file.createReadStream());
  });
}

/** A file of a client must never run as a page of this server, nor be kept by a shared cache. */
function secured(reply: FastifyReply): FastifyReply {
  return reply
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cache-control', 'private, no-store');
}

function refuse(reply: FastifyReply): FastifyReply {
  return secured(reply)
    .code(403)
    .type('application/json')
    .send('{"message":"This download address has ended or is not valid. Read downloadUrl again."}');
}

/** Encodes a name for RFC 8187. */
function encoded(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
