import type { FastifyInstance } from 'fastify';

/**
 * Listens, and says where.
 *
 * @param settings the settings that the address comes from
 * @throws an Error with a message for whoever starts the program
 */
export async function listen(
  app: FastifyInstance,
  settings: string,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    const why = (cause as Error).message;
    throw new Error(`${settings}: ${host} and ${port} cannot be listened on (${why}). Give others.`, { cause });
  }
}
