import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/**
 * Lets go of connections when the server closes, which Node does for those alone that have been used and are idle: one
 * on which an answer is due ends with that answer, and one on which nothing was asked yet, as browsers open them in
 * advance, at once. Kept alive, either would hold up the end.
 */
export function hangUpWhenDraining(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  let draining = false;
  app.server.on('connection', (socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  // The server's own event: not every request comes as far as a hook.
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', async () => {
    draining = true;
    for (const socket of silent) socket.destroy();
  });
  app.addHook('onSend', async (_request, reply) => {
    if (draining) reply.header('connection', 'close');
  });
}
