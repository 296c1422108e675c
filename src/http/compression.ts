import { promisify } from 'node:util';
import { brotliCompress, constants, gzip, zstdCompress } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

/** Smallest body that is compressed, in bytes. Below it the headers weigh more than what compression saves. */
const COMPRESSED_FROM = 1_024;

/** Characters of the header accept-encoding that are read, because each of its members takes time. */
const MAX_LENGTH = 500;

const [brotli, zip, zstd] = [promisify(brotliCompress), promisify(gzip), promisify(zstdCompress)];

/** The compressions, the preferred one first. Higher levels take several times the time for a few percent of the size. */
const COMPRESSIONS = {
  zstd: (body: string | Buffer) => zstd(body),
  br: (body: string | Buffer) =>
    brotli(body, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_SIZE_HINT]: body.length },
    }),
  gzip: (body: string | Buffer) => zip(body, { level: 3 }),
} as const;

/** A content coding of an answer. */
type Coding = keyof typeof COMPRESSIONS;

const CODINGS = Object.keys(COMPRESSIONS) as readonly Coding[];

/** Codings by header: clients send few different ones. */
const known = new LRUCache<string, { readonly coding: Coding | undefined }>({ max: 100 });

/**
 * Returns the content coding of an answer. A coding that a client does not name is not used, because `*` promises more than
 * clients can decode.
 *
 * @param accept value of the header accept-encoding. Default: no compression
 * @returns undefined if the answer is not compressed
 */
export function codingOf(accept?: string): Coding | undefined {
  if (!accept) return undefined;
  const header = accept.slice(0, MAX_LENGTH).toLowerCase();
  const remembered = known.get(header);
  if (remembered !== undefined) return remembered.coding;
  const named = CODINGS.filter((coding) => header.includes(coding));
  const accepted = new Negotiator({ headers: { 'accept-encoding': header } }).encodings([...named, 'identity']);
  const coding = accepted[0] === 'identity' ? undefined : named.find((each) => accepted.includes(each));
  known.set(header, { coding });
  return coding;
}

/**
 * Compresses answers outside of the event loop. Streams are sent as they are, because each of their parts must arrive at once;
 * so are bodies with an ETag, which names their bytes.
 */
export function compressAnswers(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    if (!(typeof payload === 'string' || Buffer.isBuffer(payload)) || payload.length < COMPRESSED_FROM) {
      return done();
    }
    const coding = codingOf(request.headers['accept-encoding']);
    if (
      coding === undefined ||
      request.method === 'HEAD' ||
      reply.hasHeader('content-encoding') ||
      reply.hasHeader('etag')
    ) {
      return done();
    }
    COMPRESSIONS[coding](payload).then(
      (compressed) => {
        reply.removeHeader('content-length').header('content-encoding', coding);
        done(null, compressed);
      },
      (error: Error) => done(error),
    );
  });
}
