import { describe, expect, it } from '@jest/globals';
import { fastify, type FastifyInstance } from 'fastify';
import { listen } from '../../src/app/listen.js';

/** A server whose operating system refuses to listen. */
function refusing(code: string): FastifyInstance {
  const app = fastify();
  app.listen = async () => {
    throw Object.assign(new Error(`listen ${code}`), { code });
  };
  return app;
}

describe('A server that cannot listen', () => {
  it('names the setting of a port in use', async () => {
    const first = fastify();
    const { port } = new URL(await listen(first, { host: '127.0.0.1', port: 0 }));
    const second = listen(fastify(), { host: '127.0.0.1', port: Number(port), portSetting: 'CONNECT_WIRE_PORT' });
    await expect(second).rejects.toThrow(
      `CONNECT_WIRE_PORT: another process listens on port ${port} of 127.0.0.1. Stop that process, or set CONNECT_WIRE_PORT to another port.`,
    );
    await first.close();
  });

  it('names HOST for an address that this machine does not have', async () => {
    await expect(listen(fastify(), { host: '192.0.2.1', port: 0 })).rejects.toThrow(
      'HOST: this machine has no address 192.0.2.1. Set HOST to one of its addresses, or to 127.0.0.1.',
    );
  });

  it.each([
    ['EACCES', 'PORT: this user may not listen on port 80. Set PORT to a port from 1024 to 65535.'],
    ['ENOTFOUND', 'HOST: the name web has no address. Set HOST to an address of this machine, such as 127.0.0.1.'],
    ['EAI_AGAIN', 'HOST: the name web has no address. Set HOST to an address of this machine, such as 127.0.0.1.'],
    ['EMFILE', 'HOST, PORT: the program cannot listen on web, port 80 (listen EMFILE). Set other values.'],
  ])('says what to do about %s', async (code, message) => {
    await expect(listen(refusing(code), { host: 'web', port: 80 })).rejects.toThrow(message);
  });
});
