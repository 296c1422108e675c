import type { Config } from './config.js';
import type { OpenOptions } from './connect/embedded/open.js';

/** How the settings ask the embedded engine to be opened, whoever serves it. */
export function engineOptions({ databaseUrl, seedFile, quotas, throttle, retentionDays }: Config): OpenOptions {
  return { databaseUrl, seedFile, quotas, throttle, retentionMs: retentionDays * 24 * 60 * 60 * 1000 };
}
