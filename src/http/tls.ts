import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';
import { createSecureContext } from 'node:tls';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';

/** Files of TLS, in PEM. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
  /** Authorities of client certificates. Undefined: clients need none. */
  readonly clientCaFile: string | undefined;
}

/** Time between two checks of the files, in milliseconds. */
const INTERVAL_MS = 5_000;

/**
 * Reads the files of TLS into options of an HTTPS server.
 *
 * A client without a certificate may connect, because health checks have none; the API refuses it.
 *
 * @throws Error whose message names the setting
 */
export function readTls({ certFile, keyFile, clientCaFile }: TlsFiles) {
  const parts = {
    cert: read('TLS_CERT_FILE', certFile),
    key: read('TLS_KEY_FILE', keyFile),
    ...(clientCaFile !== undefined && { ca: read('TLS_CLIENT_CA_FILE', clientCaFile) }),
  };
  try {
    createSecureContext(parts);
  } catch (cause) {
    throw new Error(
      `TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE: not usable together (${(cause as Error).message}). Set a PEM certificate, its key, and PEM authorities.`,
      { cause },
    );
  }
  return { ...parts, requestCert: clientCaFile !== undefined, rejectUnauthorized: false };
}

function read(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Error(
      `${setting}: cannot read ${file} (${(cause as NodeJS.ErrnoException).code}). Set a readable file.`,
      {
        cause,
      },
    );
  }
}

/**
 * Reloads the files when one of them changes. New connections use them. Files that cannot be used are logged, and the former
 * ones stay in use.
 *
 * @param intervalMs time between two checks of the files, in milliseconds. Default: 5000
 */
export function reloadTls(app: FastifyInstance, files: TlsFiles, logger: Logger, intervalMs = INTERVAL_MS): void {
  const watched = Object.values(files).filter((file) => file !== undefined);
  const reload = () => {
    try {
      const { cert, key, ca } = readTls(files);
      (app.server as unknown as Server).setSecureContext({ cert, key, ...(ca && { ca }) });
      logger.info('Certificates were loaded again');
    } catch (error) {
      logger.error({ err: error }, 'Changed certificates cannot be used: the former ones stay');
    }
  };
  for (const file of watched) watchFile(file, { interval: intervalMs, persistent: false }, reload);
  app.addHook('onClose', async () => {
    for (const file of watched) unwatchFile(file, reload);
  });
}
