import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { methodNotAllowed } from './errors.js';
import { acceptsHtml } from './negotiation.js';
import { SECURITY_HEADERS, VARY } from './security-headers.js';

/** What {@link graphiql} needs. */
export interface GraphiqlOptions {
  /** The folder of the built page. Omitted: dist/graphiql of this package. */
  readonly directory?: URL;
}

// The same from src/http and from dist/http: both are two folders below the package's root.
const BUILT_PAGE = new URL('../../dist/graphiql/', import.meta.url);

const NOT_BUILT = 'GraphiQL has not been built. Build it with `npm run build`, then load this page again.';

// A build takes some 4 s; a machine that needs much longer is told what to do.
const BUILD_PATIENCE_MS = 30_000;
const BUILD_POLL_MS = 50;

// A year, the most that caches keep. The names of assets hold a hash of their content, so a new build has new names.
const ASSET_MAX_AGE = '365d';

/**
 * Everything comes from the gateway itself, and nothing else is reached. Monaco places each line of text by a style
 * attribute: without 'unsafe-inline' the lines of an editor lie over each other. Its icons for squiggles are data: URLs.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const PAGE_HEADERS = { ...SECURITY_HEADERS, 'content-security-policy': CONTENT_SECURITY_POLICY };

/**
 * Serves GraphiQL: the page at GET /graphql to browsers, its assets below /graphiql/. Other clients that try GET are
 * told to use POST. A page that was not built keeps nothing from starting; opening it then says how to build it.
 *
 * @example
 * await app.register(graphiql);
 */
export async function graphiql(app: FastifyInstance, { directory = BUILT_PAGE }: GraphiqlOptions): Promise<void> {
  await app.register(fastifyStatic, {
    // Only the assets: index.html must be had with its policy, and from one address.
    root: new URL('assets/', directory),
    prefix: '/graphiql/assets/',
    index: false,
    dotfiles: 'ignore',
    preCompressed: true,
    immutable: true,
    maxAge: ASSET_MAX_AGE,
    decorateReply: false,
    suppressWarning: true,
    setHeaders: (reply) => void reply.headers(PAGE_HEADERS),
  });

  app.get('/graphql', async (request, reply) => {
    if (!reply.hasHeader('vary')) reply.header('vary', VARY);
    if (!acceptsHtml(request.headers.accept)) return methodNotAllowed(reply);
    await whileBeingBuilt(directory);
    const html = await readPage(directory);
    if (!html) return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
    return sendPage(html, request, reply);
  });
}

/**
 * Waits while the page is being built: `npm start` does not make anyone wait for it who came for the API. The build
 * marks that it is at work by a file beside the page; one that was left behind costs a visitor no more than patience.
 */
async function whileBeingBuilt(directory: URL): Promise<void> {
  const mark = new URL('../graphiql.building', directory);
  for (let waited = 0; waited < BUILD_PATIENCE_MS && existsSync(mark); waited += BUILD_POLL_MS) {
    await setTimeout(BUILD_POLL_MS);
  }
}

/** Read anew for each visit: a page kept from before the last build would name assets that are gone. */
async function readPage(directory: URL): Promise<Buffer | undefined> {
  try {
    return await readFile(new URL('index.html', directory));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function sendPage(html: Buffer, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const etag = `"${createHash('sha256').update(html).digest('base64url').slice(0, 22)}"`;
  // no-cache: a browser asks each time, and mostly learns that its copy is good.
  reply.headers({ ...PAGE_HEADERS, 'cache-control': 'no-cache', etag });
  if (isCurrent(etag, request.headers['if-none-match'])) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(html);
}

function isCurrent(etag: string, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
