import { isUtf8 } from 'node:buffer';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendGraphqlError } from './graphql-error.js';

/** The charset of a media type. JSON has only UTF-8 (RFC 8259, section 8.1), which some clients state nevertheless. */
const CHARSET = /;\s*charset\s*=\s*"?([^\s;"]*)/i;

/** Characters of the header content-type that are read. */
const MAX_CONTENT_TYPE = 200;

/**
 * Parses bodies as JSON in UTF-8. Refuses other bytes, because a replacement of each would make different texts equal, client
 * tokens too.
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

/** Refuses a body in another charset or a compressed one, before it is read. */
export async function refuseEncodedBodies({ headers }: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { 'content-type': type = '', 'content-encoding': coding = 'identity' } = headers;
  const charset = CHARSET.exec(type.slice(0, MAX_CONTENT_TYPE))?.[1]?.toLowerCase();
  if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8') {
    sendGraphqlError(
      reply,
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'The body is not in UTF-8. Send JSON in UTF-8, with the header content-type: application/json.',
    );
  } else if (coding.toLowerCase() !== 'identity') {
    // RFC 9110, section 12.5.3: this header distinguishes the coding from the media type as the reason.
    reply.header('accept-encoding', 'identity');
    sendGraphqlError(
      reply,
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'The body is compressed. Send it without the header content-encoding.',
    );
  }
}

function notUtf8(): FastifyError {
  return Object.assign(new Error('The body is not UTF-8'), { code: 'NOT_UTF8', name: 'FastifyError', statusCode: 400 });
}
