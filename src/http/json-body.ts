import { isUtf8 } from 'node:buffer';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** The charset of a media type. JSON has none but UTF-8 (RFC 8259, section 8.1), which clients may state all the same. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** Longest header content-type that is looked at, in characters. */
const MAX_CONTENT_TYPE = 200;

/**
 * Parses bodies as JSON in UTF-8. Bytes that are no UTF-8 are refused: decoded with replacements, texts that differ would
 * become the same, client tokens too.
 */
export function readJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (isUtf8(bytes)) parse(request, bytes.toString('utf8'), done);
    else done(notUtf8());
  });
}

/** Refuses a body in another charset, before it is read. */
export async function refuseCharset({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const charset = CHARSET.exec((headers['content-type'] ?? '').slice(0, MAX_CONTENT_TYPE))?.[1]?.toLowerCase();
  if (charset === undefined || charset === 'utf-8' || charset === 'utf8') return;
  sendGraphqlError(
    reply,
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Send JSON in UTF-8, with the header content-type: application/json. Other charsets are not read.',
  );
}

function notUtf8(): FastifyError {
  return Object.assign(new Error('The body is not UTF-8'), { code: 'NOT_UTF8', name: 'FastifyError', statusCode: 400 });
}
