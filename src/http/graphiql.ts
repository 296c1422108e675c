import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { methodNotAllowed } from './errors.js';
import { acceptsHtml } from './negotiation.js';
import { SECURITY_HEADERS, VARY } from './security-headers.js';

/** Options of {@link graphiql}. */
export interface GraphiqlOptions {
  /** Folder of the built page. Default: dist/graphiql of this package. */
  readonly directory?: URL;
}

// src/http and dist/http are both two folders below the package's root.
const BUILT_PAGE = new URL('../../dist/graphiql/', import.meta.url);

const NOT_BUILT = 'GraphiQL has not been built. Build it with `npm run build`, then load this page again.';

/** Maximum time in milliseconds that a visitor waits for a build. A build takes some 4 s. */
const MAX_BUILD_MS = 30_000;

/** Time between two checks for the end of a build, in milliseconds. */
const BUILD_POLL_MS = 50;

/** Maximum age of an asset in caches. The name of an asset holds a hash of its content, so that a new build has new names. */
const ASSET_MAX_AGE = '365d';

/**
 * Lets the page load and reach only the gateway itself. Monaco places each line of text by a style attribute, so that the
 * lines of an editor lie over each other without 'unsafe-inline'. Its icons for squiggles are data: URLs.
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
 * Serves GraphiQL: the page at GET /graphql to browsers, its assets below /graphiql/. Other clients get 405. The gateway starts
 * without a built page, which then states how to build it.
 *
 * @example
 * await app.register(graphiql);
 */
export async function graphiql(app: FastifyInstance, { directory = BUILT_PAGE }: GraphiqlOptions): Promise<void> {
  await app.register(fastifyStatic, {
    // Only the assets, because index.html has a policy of its own and one URL.
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
 * Waits while the page is being built, because `npm start` serves the API before the page is built. A file beside the page
 * marks a build; one that a killed build left behind delays a visitor by {@link MAX_BUILD_MS}.
 */
async function whileBeingBuilt(directory: URL): Promise<void> {
  const mark = new URL('../graphiql.building', directory);
  for (let waited = 0; waited < MAX_BUILD_MS && existsSync(mark); waited += BUILD_POLL_MS) {
    await setTimeout(BUILD_POLL_MS);
  }
}

/** Reads the page for each visit, because a page from before the last build would name assets that are gone. */
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
  // no-cache: a browser asks each time, and usually gets 304.
  reply.headers({ ...PAGE_HEADERS, 'cache-control': 'no-cache', etag });
  if (isCurrent(etag, request.headers['if-none-match'])) return reply.code(304).send();
  return reply.type('text/html; charset=utf-8').send(html);
}

function isCurrent(etag: string, ifNoneMatch = ''): boolean {
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}
