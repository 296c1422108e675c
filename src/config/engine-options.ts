import type { Config } from './config.js';
import type { OpenOptions } from '../engine/open.js';
import { DAY_MS } from '../connect/limits.js';

/** How the settings ask the embedded engine to be opened, whoever serves it. */
export function engineOptions({ databaseUrl, seedFile, quotas, throttle, retentionDays }: Config): OpenOptions {
  return { databaseUrl, seedFile, quotas, throttle, retentionMs: retentionDays * DAY_MS };
}
