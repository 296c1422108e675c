import type { Logger } from 'pino';
import type { StoreEvents } from '../engine/store/store.js';

/** Logs when the engine's database can no longer be written, and when it can again. */
export function storeLog(logger: Logger): StoreEvents {
  return {
    onWritable({ isWritable, error }) {
      if (isWritable) logger.warn('The database can be written again. The gateway is ready.');
      else
        logger.error(
          { err: error },
          'The database cannot be written. Changes are refused and the gateway is not ready.',
        );
    },
  };
}
