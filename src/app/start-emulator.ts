import type { Logger } from 'pino';
import { type Config, readConfig } from '../config/config.js';
import { shownDatabaseUrl } from '../util/database-url.js';
import { AdjustableClock } from '../controls/adjustable-clock.js';
import { steering } from '../controls/controls.js';
import { Faults } from '../controls/faults.js';
import { openEmbeddedConnect } from '../engine/open.js';
import { throttled } from '../policies/around-port/throttle.js';
import { type Announcement, announce } from './announce.js';
import { drainOnSignal, reportFailedStart } from './shutdown.js';
import { engineOptions } from '../config/engine.js';
import { attachmentLog } from '../telemetry/attachment-log.js';
import { downloadsOf } from './downloads-of.js';
import { openLog } from '../telemetry/log.js';
import { storeLog } from '../telemetry/store-log.js';
import { sendEvents } from './send-events.js';
import { serveWire, type WireEndpoint } from './serve-wire.js';
import { checkServedInstances } from './served-instances.js';

/** Starts the AWS API server of the embedded engine alone, announces how to use it, and drains it on SIGTERM or SIGINT. */
export async function startEmulator(): Promise<void> {
  try {
    const config = readConfig(undefined, 'emulator');
    const { logger } = openLog(config.logLevel);
    const endpoint = await serveEngine(config, logger);
    drainOnSignal('emulator', endpoint, config.drainTimeoutMs, logger);
    announce(announcementOf(config, endpoint), logger);
  } catch (error) {
    reportFailedStart('emulator', error);
  }
}

/**
 * Opens the engine and serves it.
 *
 * @throws an Error whose message states what to do
 */
export async function serveEngine(config: Config, logger: Logger): Promise<WireEndpoint> {
  const { wire, databaseUrl } = config;
  if (wire === undefined) throw new Error('CONNECT_WIRE_PORT: the emulator needs a port. Set one.');
  const clock = new AdjustableClock(Date.now);
  const faults = new Faults();
  const options = engineOptions(config);
  const engine = await openEmbeddedConnect({
    ...options,
    strict: config.strict,
    now: clock.now,
    storeEvents: storeLog(logger),
    attachments: { ...options.attachments, onFailed: attachmentLog(logger) },
  });
  let endSending: (() => Promise<void>) | undefined;
  const closeEngine = async () => {
    await endSending?.();
    await engine.close();
  };
  try {
    await checkServedInstances(engine, config);
    endSending = await sendEvents(engine, config, logger);
    const endpoint = await serveWire({
      connect: faults.around(
        config.throttle ? throttled(engine, { instanceArn: (id) => engine.instanceArn(id), now: clock.now }) : engine,
      ),
      config,
      wire,
      now: Date.now,
      steers: steering(engine, clock, databaseUrl, faults),
      downloads: downloadsOf(engine),
      logger,
    });
    return {
      url: endpoint.url,
      async close() {
        await endpoint.close();
        await closeEngine();
      },
    };
  } catch (error) {
    await closeEngine();
    throw error;
  }
}

/** Writes the announcement of an emulator. */
export function announcementOf({ databaseUrl, instanceId, wire }: Config, { url }: WireEndpoint): Announcement {
  const signatures = wire?.credentials
    ? 'verified with CONNECT_WIRE_ACCESS_KEY_ID'
    : 'not verified; AWS CLI needs some credentials, of any value';
  return {
    message: 'The emulator is ready.',
    facts: [
      { name: 'endpoint', title: 'Endpoint', value: url },
      { name: 'database', title: 'Database', value: shownDatabaseUrl(databaseUrl) },
      { name: 'instance', title: 'Instance', value: instanceId },
      { name: 'signatures', title: 'Signatures', value: signatures },
    ],
    example: `Create a task:

  aws connect start-task-contact --endpoint-url ${url} --region us-east-1 \\
    --instance-id ${instanceId} \\
    --contact-flow-id 20000000-0000-4000-8000-000000000001 \\
    --name "Call Ana back"`,
  };
}
