import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Fastify, { type FastifyInstance } from 'fastify';
import { type GraphiqlOptions, graphiql } from '../../src/http/graphiql.js';

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };
const HTML = '<!doctype html><title>A page</title>';
const SCRIPT = `console.log(${JSON.stringify('a'.repeat(2_000))});`;

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A client that sends a path as it stands: fetch would resolve the dots of a traversal before sending it. */
class Client {
  readonly #app: FastifyInstance;
  readonly #port: number;

  private constructor(app: FastifyInstance, port: number) {
    this.#app = app;
    this.#port = port;
  }

  static async start(options: GraphiqlOptions): Promise<Client> {
    const app = Fastify();
    await app.register(graphiql, options);
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    return new Client(app, Number(new URL(address).port));
  }

  send(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
    const target = { host: '127.0.0.1', port: this.#port, path, method, headers, agent: false };
    return new Promise((resolve, reject) => {
      request(target, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      })
        .on('error', reject)
        .end();
    });
  }

  close(): Promise<void> {
    return this.#app.close();
  }
}

describe('graphiql', () => {
  const root = mkdtempSync(join(tmpdir(), 'graphiql-'));
  let client: Client;

  beforeAll(async () => {
    const assets = join(root, 'page', 'assets');
    mkdirSync(assets, { recursive: true });
    writeFileSync(join(root, 'secret.txt'), 'secret');
    writeFileSync(join(root, 'page', 'index.html'), HTML);
    writeFileSync(join(assets, '.hidden'), 'secret');
    writeFileSync(join(assets, 'tiny-1a2b3c4d.css'), 'a{}');
    writeFileSync(join(assets, 'main-1a2b3c4d.js'), SCRIPT);
    writeFileSync(join(assets, 'main-1a2b3c4d.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(assets, 'main-1a2b3c4d.js.gz'), gzipSync(SCRIPT));
    client = await Client.start({ directory: pathToFileURL(`${root}/page/`) });
  });

  afterAll(async () => {
    await client.close();
    rmSync(root, { recursive: true });
  });

  describe('the page', () => {
    it('is served to a browser', async () => {
      const { status, headers, body } = await client.send('/graphql', BROWSER);
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('text/html; charset=utf-8');
      expect(body.toString()).toBe(HTML);
    });

    it('is served whatever else the address says', async () => {
      expect((await client.send('/graphql?query={a}', BROWSER)).body.toString()).toBe(HTML);
    });

    it('runs scripts of the gateway alone, in no frame, and reaches nothing else', async () => {
      const { headers } = await client.send('/graphql', BROWSER);
      const policy = String(headers['content-security-policy']).split('; ');
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
    });

    it('is asked for each time, and not sent again to who has it', async () => {
      const { headers } = await client.send('/graphql', BROWSER);
      expect(headers['cache-control']).toBe('no-cache');
      expect(headers.etag).toMatch(/^"[\w-]{22}"$/);
      for (const copies of [headers.etag, `"other", W/${headers.etag}`]) {
        const again = await client.send('/graphql', { ...BROWSER, 'if-none-match': copies });
        expect(again).toMatchObject({ status: 304, body: Buffer.alloc(0) });
        expect(again.headers.etag).toBe(headers.etag);
      }
      expect((await client.send('/graphql', { ...BROWSER, 'if-none-match': '"other"' })).status).toBe(200);
    });

    it('has the same headers for HEAD, and no body', async () => {
      const { status, headers, body } = await client.send('/graphql', BROWSER, 'HEAD');
      expect(status).toBe(200);
      expect(headers).toMatchObject({ 'content-length': String(HTML.length), 'cache-control': 'no-cache' });
      expect(body).toHaveLength(0);
    });

    it.each([
      ['nothing', {}],
      ['anything, as curl does', { accept: '*/*' }],
      ['JSON', { accept: 'application/json' }],
      ['a GraphQL response', { accept: 'application/graphql-response+json, application/json;q=0.9' }],
      ['anything but HTML', { accept: 'text/html;q=0, */*' }],
      ['a type that only begins like HTML', { accept: 'text/html5' }],
    ])('is no answer for who accepts %s: 405', async (what, headers) => {
      const answer = await client.send('/graphql', headers);
      expect(answer.status).toBe(405);
      expect(answer.headers).toMatchObject({ allow: 'POST', vary: 'Accept, Accept-Encoding' });
      const type = what === 'a GraphQL response' ? 'application/graphql-response+json' : 'application/json';
      expect(answer.headers['content-type']).toBe(`${type}; charset=utf-8`);
      expect(JSON.parse(answer.body.toString())).toMatchObject({
        errors: [{ message: expect.stringContaining('POST'), extensions: { code: 'METHOD_NOT_ALLOWED' } }],
      });
    });

    it('is 405 for HEAD too where GET is', async () => {
      const { status, headers, body } = await client.send('/graphql', {}, 'HEAD');
      expect(status).toBe(405);
      expect(headers.allow).toBe('POST');
      expect(body).toHaveLength(0);
    });
  });

  describe('an asset', () => {
    const path = '/graphiql/assets/main-1a2b3c4d.js';

    it.each([
      ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
      ['gzip', 'gzip, deflate', gunzipSync],
      ['gzip', 'br;q=0, gzip', gunzipSync],
      [undefined, 'identity', (body: Buffer) => body],
      [undefined, undefined, (body: Buffer) => body],
    ])('comes as %s to who accepts %s', async (encoding, accepted, decode) => {
      const answer = await client.send(path, accepted ? { 'accept-encoding': accepted } : {});
      expect(answer.status).toBe(200);
      expect(answer.headers['content-encoding']).toBe(encoding);
      expect(answer.headers['content-type']).toMatch(/^(text|application)\/javascript/);
      expect(answer.headers.vary).toMatch(/accept-encoding/i);
      expect(answer.headers['content-length']).toBe(String(answer.body.length));
      expect(decode(answer.body).toString()).toBe(SCRIPT);
    });

    it('comes as it is where it was too small to compress', async () => {
      const answer = await client.send('/graphiql/assets/tiny-1a2b3c4d.css', { 'accept-encoding': 'br, gzip' });
      expect(answer.status).toBe(200);
      expect(answer.headers['content-encoding']).toBeUndefined();
      expect(answer.headers['content-type']).toMatch(/^text\/css/);
      expect(answer.body.toString()).toBe('a{}');
    });

    it('is kept for a year without asking again', async () => {
      const { headers } = await client.send(path, { 'accept-encoding': 'br' });
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['x-content-type-options']).toBe('nosniff');
    });

    it('has the same headers for HEAD, and no body', async () => {
      const { status, headers, body } = await client.send(path, { 'accept-encoding': 'br' }, 'HEAD');
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-encoding': 'br',
        'cache-control': expect.stringContaining('immutable'),
      });
      expect(body).toHaveLength(0);
    });

    it('answers 404 without caching for an unknown asset', async () => {
      const { status, headers } = await client.send('/graphiql/assets/other-1a2b3c4d.js', { 'accept-encoding': 'br' });
      expect(status).toBe(404);
      expect(headers['cache-control']).toBeUndefined();
    });

    it.each([
      '/graphiql/assets/',
      '/graphiql/assets/.hidden',
      '/graphiql/assets/../index.html',
      '/graphiql/assets/../../secret.txt',
      '/graphiql/assets/%2e%2e/%2e%2e/secret.txt',
      '/graphiql/assets/..%2f..%2fsecret.txt',
      '/graphiql/assets/..%5c..%5csecret.txt',
      '/graphiql/assets/%252e%252e%252fsecret.txt',
      '/graphiql/assets/x/../../../secret.txt',
      `/graphiql/assets/${encodeURIComponent(join(root, 'secret.txt'))}`,
      '/graphiql/assets//etc/hostname',
      '/graphiql/assets/main-1a2b3c4d.js%00.txt',
      '/graphiql/assets/%',
      '/graphiql/index.html',
      '/graphiql/../../secret.txt',
    ])('stays inside the assets: %s', async (trick) => {
      for (const encoding of ['br', 'identity']) {
        const { status, body } = await client.send(trick, { 'accept-encoding': encoding });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
        expect(body.toString()).not.toMatch(/secret$|A page/);
      }
      expect((await client.send(path)).status).toBe(200);
    });
  });

  describe('a page that was not built', () => {
    let unbuilt: Client;

    beforeAll(async () => {
      unbuilt = await Client.start({ directory: pathToFileURL(`${root}/nowhere/`) });
    });

    afterAll(() => unbuilt.close());

    it('is 503 for a browser, with how to build it', async () => {
      const { status, headers, body } = await unbuilt.send('/graphql', BROWSER);
      expect(status).toBe(503);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(body.toString()).toContain('npm run build');
    });

    it('lets its visitors wait while it is being built', async () => {
      const mark = join(root, 'graphiql.building');
      writeFileSync(mark, '');
      const visit = unbuilt.send('/graphql', BROWSER);
      mkdirSync(join(root, 'nowhere'), { recursive: true });
      writeFileSync(join(root, 'nowhere', 'index.html'), 'built at last');
      rmSync(mark);
      const { status, body } = await visit;
      expect([status, body.toString()]).toEqual([200, 'built at last']);
      rmSync(join(root, 'nowhere'), { recursive: true });
    });

    it('is served as soon as it is built, and as it was built last', async () => {
      mkdirSync(join(root, 'nowhere', 'assets'), { recursive: true });
      for (const content of ['first', 'second']) {
        writeFileSync(join(root, 'nowhere', 'index.html'), content);
        writeFileSync(join(root, 'nowhere', 'assets', `${content}-1a2b3c4d.js`), content);
        expect((await unbuilt.send('/graphql', BROWSER)).body.toString()).toBe(content);
        expect((await unbuilt.send(`/graphiql/assets/${content}-1a2b3c4d.js`)).body.toString()).toBe(content);
      }
      rmSync(join(root, 'nowhere'), { recursive: true });
    });

    it('changes nothing for other clients', async () => {
      expect((await unbuilt.send('/graphql', { accept: 'application/json' })).status).toBe(405);
      expect((await unbuilt.send('/graphiql/assets/main.js')).status).toBe(404);
    });
  });
});

describe('the built page', () => {
  const directory = new URL('../../dist/graphiql/', import.meta.url);
  let client: Client;

  beforeAll(async () => {
    client = await Client.start({});
  });

  afterAll(() => client.close());

  it('says what it is', async () => {
    const { body } = await client.send('/graphql', BROWSER);
    expect(body.toString()).toContain('<title>Connect task gateway</title>');
  });

  it('holds nothing that its policy forbids: no script of its own, no handler, no other host', async () => {
    const html = (await client.send('/graphql', BROWSER)).body.toString();
    expect(html).not.toMatch(/<script(?![^>]* src=)/);
    expect(html).not.toMatch(/<style|\son\w+=|javascript:|https?:/);
    expect(readFileSync(new URL('index.html', directory), 'utf8')).toBe(html);
  });

  it('names only assets that are there, hashed, and compressed where it pays', async () => {
    const html = (await client.send('/graphql', BROWSER)).body.toString();
    const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '');
    expect(assets.length).toBeGreaterThan(3);
    for (const relative of assets) {
      expect(relative).toMatch(/^\.\/graphiql\/assets\/.+-[\w-]{8}\.(js|css|svg)$/);
      const path = relative.slice(1);
      const plain = await client.send(path);
      expect(plain.status).toBe(200);
      for (const encoding of ['br', 'gzip']) {
        const { headers } = await client.send(path, { 'accept-encoding': encoding });
        expect([path, headers['content-encoding']]).toEqual([path, plain.body.length >= 1_024 ? encoding : undefined]);
      }
    }
  });
});
