import type { FastifyInstance } from 'fastify';

/** An address to listen on, with the settings it comes from. */
export interface Address {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Default: PORT. */
  readonly portSetting?: string;
}

/**
 * Starts to listen.
 *
 * @returns the URL of the server
 * @throws an Error whose message names the setting to change
 */
export async function listen(app: FastifyInstance, address: Address): Promise<string> {
  const { host, port } = address;
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    throw new Error(reasonOf(cause as NodeJS.ErrnoException, address), { cause });
  }
}

function reasonOf({ code, message }: NodeJS.ErrnoException, { host, port, portSetting = 'PORT' }: Address): string {
  switch (code) {
    case 'EADDRINUSE':
      return `${portSetting}: another process listens on port ${port} of ${host}. Stop that process, or set ${portSetting} to another port.`;
    case 'EACCES':
      return `${portSetting}: this user may not listen on port ${port}. Set ${portSetting} to a port from 1024 to 65535.`;
    case 'EADDRNOTAVAIL':
      return `HOST: this machine has no address ${host}. Set HOST to one of its addresses, or to 127.0.0.1.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST: the name ${host} has no address. Set HOST to an address of this machine, such as 127.0.0.1.`;
    default:
      return `HOST, ${portSetting}: the program cannot listen on ${host}, port ${port} (${message}). Set other values.`;
  }
}
