import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import type { WireConfig } from '../config/wire.js';
import type { Connect } from '../connect/connect.js';
import { CONTROLS_PATH, type ControlsOptions, controls } from '../controls/controls.js';
import { type DownloadOptions, downloads } from '../controls/downloads.js';
import { createWireServer } from '../wire/server.js';
import { hangUpWhenDraining } from '../http/draining.js';
import { listen } from './listen.js';
import { isLoopback } from '../util/loopback.js';
import { within } from '../util/within.js';

/** A running AWS API server. */
export interface WireEndpoint {
  /** Endpoint for AWS CLI and SDKs, such as http://127.0.0.1:4100. */
  readonly url: string;
  /** Answers the accepted requests. The port stays open. */
  close(): Promise<void>;
}

/** Options of {@link serveWire}. */
export interface ServeWireOptions {
  readonly connect: Connect;
  readonly config: Pick<Config, 'host' | 'drainTimeoutMs'>;
  readonly wire: WireConfig;
  /** The clock that signatures are verified by, in milliseconds since the epoch. */
  readonly now: () => number;
  /**
   * The engine that the controls act on. They identify no caller, and a proxy on this machine looks like a developer: beyond
   * loopback and with access keys they are off. Default: off.
   */
  readonly steers?: ControlsOptions;
  /** The attachments that are served at their signed addresses. Default: none. */
  readonly downloads?: DownloadOptions | undefined;
  readonly logger: Logger;
}

/**
 * Serves a port as the AWS API.
 *
 * @throws an Error whose message states what to do, for instance if the port is in use
 */
export async function serveWire({
  connect,
  config,
  wire,
  now,
  steers,
  downloads: files,
  logger,
}: ServeWireOptions): Promise<WireEndpoint> {
  const app = await createWireServer({ connect, credentials: wire.credentials, now, logger });
  const isDeveloper = isLoopback(config.host) && wire.credentials === undefined;
  if (steers && isDeveloper) await app.register(controls, { ...steers, prefix: CONTROLS_PATH });
  if (files) await app.register(downloads, files);
  hangUpWhenDraining(app);
  const url = await listen(app, { host: config.host, port: wire.port, portSetting: 'CONNECT_WIRE_PORT' });
  files?.attachments.servedAt(url);
  return {
    url,
    close: () => within(config.drainTimeoutMs, app.close(), () => app.server.closeAllConnections()),
  };
}
