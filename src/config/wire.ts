import { type CleanedEnv, str } from 'envalid';
import { ConfigError, port } from './validators.js';

/** Default port of the emulator. */
const EMULATOR_PORT = 4100;

/** Settings of the AWS API server. */
export const WIRE_SETTINGS = {
  CONNECT_WIRE_PORT: port({
    default: undefined,
    desc: `Port of the AWS API server of the embedded engine. Unset: none; ${EMULATOR_PORT} for the emulator. Beyond loopback it needs access keys.`,
  }),
  CONNECT_WIRE_ACCESS_KEY_ID: str({
    default: undefined,
    desc: 'Access key whose signatures the AWS API server accepts. With it, /_emulator is off. Unset: any signature.',
  }),
  CONNECT_WIRE_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'Secret of that access key. Set both, or neither.' }),
} as const;

/** The AWS API server: its port, on the same host as the gateway, and the access key it accepts. */
export interface WireConfig {
  /** 0: any free port. */
  readonly port: number;
  /** Default: requests are accepted with any well-formed signature, or none. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Reads the settings of the AWS API server.
 *
 * @param isNeeded whether the server runs even if no port is set
 * @returns undefined if it does not run
 * @throws ConfigError if one half of the access key is missing
 */
export function wireOf(env: CleanedEnv<typeof WIRE_SETTINGS>, isNeeded: boolean): WireConfig | undefined {
  const { CONNECT_WIRE_ACCESS_KEY_ID: accessKeyId, CONNECT_WIRE_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const at = env.CONNECT_WIRE_PORT ?? (isNeeded ? EMULATOR_PORT : undefined);
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    // An incomplete pair must not open what was meant to be closed.
    throw new ConfigError([
      'CONNECT_WIRE_ACCESS_KEY_ID, CONNECT_WIRE_SECRET_ACCESS_KEY: only one of them is set. Set both, or neither.',
    ]);
  }
  if (at === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return { port: at };
  return { port: at, credentials: { accessKeyId, secretAccessKey } };
}
