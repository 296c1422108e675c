import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { WireConfig } from '../config/wire.js';
import type { Connect } from '../connect/connect.js';
import { CONTROLS_PATH, type ControlsOptions, controls } from '../controls/controls.js';
import { createWireServer } from '../wire/server.js';
import { hangUpWhenDraining } from '../http/draining.js';
import { listen } from './listen.js';
import { isLoopback } from '../util/loopback.js';
import { within } from '../util/within.js';

/** A port that is served over the AWS wire. */
export interface WireEndpoint {
  /** What AWS CLI and SDKs take as endpoint: http://127.0.0.1:4100. */
  readonly url: string;
  /** Answers what was accepted. The port stays open. */
  close(): Promise<void>;
}

/** What {@link serveWire} serves, and how. */
export interface ServeWireOptions {
  readonly connect: Connect;
  readonly config: Pick<Config, 'host' | 'drainTimeoutMs'>;
  readonly wire: WireConfig;
  /** The clock that signatures are judged by, in milliseconds since the epoch. */
  readonly now: () => number;
  /** What the controls beside it steer, where that is an engine. They are for this machine: beyond loopback there are none. */
  readonly steers?: ControlsOptions;
  readonly logger: Logger;
}

/**
 * Serves a port over the AWS wire.
 *
 * @throws an Error with a message for whoever starts the program: the address is taken
 */
export async function serveWire({
  connect,
  config,
  wire,
  now,
  steers,
  logger,
}: ServeWireOptions): Promise<WireEndpoint> {
  const app = await createWireServer({ connect, credentials: wire.credentials, now, logger });
  if (steers && isLoopback(config.host)) await app.register(controls, { ...steers, prefix: CONTROLS_PATH });
  hangUpWhenDraining(app);
  const url = await listen(app, { host: config.host, port: wire.port, portSetting: 'CONNECT_WIRE_PORT' });
  return {
    url,
    close: () => within(config.drainTimeoutMs, app.close(), () => app.server.closeAllConnections()),
  };
}
