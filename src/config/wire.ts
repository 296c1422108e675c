import { type CleanedEnv, str } from 'envalid';
import { ConfigError, port } from './validators.js';

/** Where the emulator listens unless it is told otherwise. */
const EMULATOR_PORT = 4100;

/** The AWS wire of the embedded engine. */
export const WIRE_SETTINGS = {
  CONNECT_WIRE_PORT: port({
    default: undefined,
    desc: `Port of the AWS API server of the embedded engine. Unset: none; ${EMULATOR_PORT} for the emulator. Beyond loopback it needs access keys.`,
  }),
  CONNECT_WIRE_ACCESS_KEY_ID: str({
    default: undefined,
    desc: 'Access key whose signatures the AWS API server accepts. Unset: any signature.',
  }),
  CONNECT_WIRE_SECRET_ACCESS_KEY: str({ default: undefined, desc: 'Secret of that access key. Set both, or neither.' }),
} as const;

/** Where the AWS wire is served, on the same host as the gateway, and whose signatures it takes. */
export interface WireConfig {
  /** 0: any free port. */
  readonly port: number;
  /** Omitted: any well-formed signature is taken, and none. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * What the settings say; undefined where no wire is served.
 *
 * @param isNeeded whether one is served also where no port is set
 * @throws ConfigError where one half of the pair of keys is missing
 */
export function wireOf(env: CleanedEnv<typeof WIRE_SETTINGS>, isNeeded: boolean): WireConfig | undefined {
  const { CONNECT_WIRE_ACCESS_KEY_ID: accessKeyId, CONNECT_WIRE_SECRET_ACCESS_KEY: secretAccessKey } = env;
  const at = env.CONNECT_WIRE_PORT ?? (isNeeded ? EMULATOR_PORT : undefined);
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    // Half a pair, taken for none, would open what was meant to be closed.
    throw new ConfigError([
      'CONNECT_WIRE_ACCESS_KEY_ID, CONNECT_WIRE_SECRET_ACCESS_KEY: set both, or neither; one of them alone is set.',
    ]);
  }
  if (at === undefined) return undefined;
  if (accessKeyId === undefined || secretAccessKey === undefined) return { port: at };
  return { port: at, credentials: { accessKeyId, secretAccessKey } };
}
