import { type CleanedEnv, str } from 'envalid';
import type { TlsFiles } from '../http/tls.js';

/** Settings of TLS. */
export const TLS_SETTINGS = {
  TLS_CERT_FILE: str({
    default: undefined,
    desc: 'Certificate chain of the API in PEM. Set it with TLS_KEY_FILE. Unset: no TLS. Changed files are loaded within 5 s.',
  }),
  TLS_KEY_FILE: str({ default: undefined, desc: 'Private key of that certificate in PEM.' }),
  TLS_CLIENT_CA_FILE: str({
    default: undefined,
    desc: 'Authorities of client certificates in PEM. The API then refuses callers without such a certificate.',
  }),
} as const;

/**
 * Reads the settings of TLS: all that belongs together, or none.
 *
 * @param problems receives the problems of the settings
 */
export function tlsOf(env: CleanedEnv<typeof TLS_SETTINGS>, problems: string[]): TlsFiles | undefined {
  const { TLS_CERT_FILE: certFile, TLS_KEY_FILE: keyFile, TLS_CLIENT_CA_FILE: clientCaFile } = env;
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile, clientCaFile };
  if (certFile !== undefined || keyFile !== undefined) {
    problems.push('TLS_CERT_FILE, TLS_KEY_FILE: only one of them is set. Set both, or neither.');
  } else if (clientCaFile !== undefined) {
    problems.push('TLS_CLIENT_CA_FILE: client certificates need TLS. Set TLS_CERT_FILE and TLS_KEY_FILE too.');
  }
  return undefined;
}
