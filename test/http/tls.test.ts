import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request } from 'node:https';
import { connect as connectSocket } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { connect, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { reloadTls, readTls } from '../../src/http/tls.js';
import { TestCertificates } from '../support/certificates.js';
import { startTestGateway } from '../support/gateway.js';
import { TestIssuer } from '../support/issuer.js';
import { memoryLog } from '../support/log.js';
import { portWith } from '../support/port.js';

let made: TestCertificates;
beforeAll(async () => {
  made = await TestCertificates.make();
  made.sign('server', '/CN=gateway');
});
afterAll(async () => {
  await made[Symbol.asyncDispose]();
});

const settings = () => ({ TLS_CERT_FILE: made.file('server.pem'), TLS_KEY_FILE: made.file('server.key') });
const mutual = () => ({ ...settings(), TLS_CLIENT_CA_FILE: made.authority });

interface Answer {
  readonly status: number | undefined;
  readonly text: string;
}

/** Sends a request by HTTPS. */
function send(url: string, options: object = {}, body?: object): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { ...(body && { 'content-type': 'application/json' }) };
    const ca = readFileSync(made.authority);
    const sent = request(
      url,
      { ca, method: body ? 'POST' : 'GET', agent: false, headers, ...options },
      async (answer) => {
        let text = '';
        for await (const part of answer.setEncoding('utf8')) text += part;
        resolve({ status: answer.statusCode, text });
      },
    );
    sent.on('error', reject).end(body && JSON.stringify(body));
  });
}

const TYPENAME = { query: '{ __typename }' };
const CREATION = {
  query: `mutation { createTaskContact(input: { name: "x", flow: { contactFlowId: "20000000-0000-4000-8000-000000000001" } }) { contact { id state } errors { code } } }`,
};

describe('With TLS_CERT_FILE and TLS_KEY_FILE, the API', () => {
  it('is served by HTTPS alone', async () => {
    await using gateway = await startTestGateway({ settings: settings() });
    expect(gateway.url).toMatch(/^https:/);
    expect(await send(`${gateway.url}/graphql`, {}, TYPENAME)).toMatchObject({ status: 200 });
    await expect(fetch(`${gateway.url.replace('https', 'http')}/health/live`)).rejects.toThrow();
  });

  it('answers an accepted request before it ends', async () => {
    const held = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const gateway = await startTestGateway({
      settings: settings(),
      wrap: (engine) =>
        portWith(engine, {
          async startTaskContact(...args) {
            started.resolve();
            await held.promise;
            return engine.startTaskContact(...args);
          },
        }),
    });
    const answer = send(`${gateway.url}/graphql`, {}, CREATION);
    await started.promise;
    const closed = gateway.close();
    await nextTurn();
    held.resolve();
    expect(await answer).toMatchObject({ status: 200, text: expect.stringContaining('INITIATED') });
    await closed;
  });

  it('ends although a client has not finished its handshake', async () => {
    const gateway = await startTestGateway({ settings: { ...settings(), DRAIN_TIMEOUT_MS: '60000' } });
    const socket = connectSocket(Number(new URL(gateway.url).port), '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    expect(await send(`${gateway.url}/health/live`)).toMatchObject({ status: 200 });
    await gateway.close();
    socket.destroy();
  });

  it('needs no client certificate', async () => {
    await using gateway = await startTestGateway({ settings: settings() });
    expect(await send(`${gateway.url}/graphql`, {}, CREATION)).toMatchObject({ status: 200 });
  });

  it('does not start with files that it cannot use, and names the setting', async () => {
    const missing = { ...settings(), TLS_KEY_FILE: made.file('none.key') };
    await expect(startTestGateway({ settings: missing })).rejects.toThrow(/^TLS_KEY_FILE: cannot read .*none\.key/);
    const foreign = { ...settings(), TLS_KEY_FILE: made.file('ca.key') };
    await expect(startTestGateway({ settings: foreign })).rejects.toThrow(/^TLS_CERT_FILE, TLS_KEY_FILE.*not usable/);
  });
});

describe('With TLS_CLIENT_CA_FILE, the API', () => {
  it('identifies the caller by its client certificate, in the audit log too', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({ settings: mutual(), logger: log.logger });
    const portal = made.sign('portal', '/O=Example/CN=portal');
    const { status, text } = await send(`${gateway.url}/graphql`, portal, CREATION);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ data: { createTaskContact: { contact: { state: 'INITIATED' } } } });
    expect(log.at('info')).toContain('"subject":"portal"');
  });

  it('identifies a caller without a common name by the first alternative name of its certificate', async () => {
    const log = memoryLog();
    await using gateway = await startTestGateway({ settings: mutual(), logger: log.logger });
    const client = made.sign('nameless', '/O=Example', 'DNS:desk.example.com');
    expect(await send(`${gateway.url}/graphql`, client, CREATION)).toMatchObject({ status: 200 });
    expect(log.at('info')).toContain('"subject":"DNS:desk.example.com"');
  });

  it('refuses a client without a certificate, and one of another authority; health answers', async () => {
    await using gateway = await startTestGateway({ settings: mutual() });
    await using others = await TestCertificates.make();
    for (const client of [{}, others.sign('stranger', '/CN=portal')]) {
      const { status, text } = await send(`${gateway.url}/graphql`, client, CREATION);
      expect(status).toBe(401);
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect(await send(`${gateway.url}/health/live`)).toMatchObject({ status: 200 });
    expect(gateway.rows("select 1 from contact where channel = 'TASK'")).toEqual([]);
  });

  it('needs both a certificate and a token where tokens are asked for, and the token identifies the caller', async () => {
    await using issuer = await TestIssuer.start();
    await using gateway = await startTestGateway({ settings: { ...mutual(), ...issuer.settings } });
    const portal = made.sign('both', '/CN=portal');
    const headers = { 'content-type': 'application/json', ...(await issuer.bearer('tasks:read')) };
    expect(await send(`${gateway.url}/graphql`, { ...portal, headers }, TYPENAME)).toMatchObject({ status: 200 });
    expect(await send(`${gateway.url}/graphql`, portal, TYPENAME)).toMatchObject({ status: 401 });
    expect(await send(`${gateway.url}/graphql`, { headers }, TYPENAME)).toMatchObject({ status: 401 });
  });
});

describe('Changed certificates', () => {
  const servedName = (port: number) =>
    new Promise<string>((resolve, reject) => {
      const socket: TLSSocket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false }, () => {
        resolve(String(socket.getPeerCertificate().subject.CN));
        socket.destroy();
      });
      socket.on('error', reject);
    });

  it('are used by new connections; the former ones stay while the new cannot be used', async () => {
    made.sign('first', '/CN=first');
    made.sign('second', '/CN=second');
    const files = { certFile: made.file('live.pem'), keyFile: made.file('live.key'), clientCaFile: undefined };
    const install = (name: string) => {
      copyFileSync(made.file(`${name}.key`), files.keyFile);
      copyFileSync(made.file(`${name}.pem`), files.certFile);
    };
    install('first');
    const log = memoryLog();
    const app = fastify({ https: readTls(files) });
    reloadTls(app as never, files, log.logger, 10);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    expect(await servedName(port)).toBe('first');
    writeFileSync(files.certFile, 'none');
    while (!log.at('error').includes('the former ones stay')) await nextTurn();
    expect(await servedName(port)).toBe('first');
    install('second');
    while ((await servedName(port)) !== 'second') await nextTurn();
    await app.close();
  });
});
