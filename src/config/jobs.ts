import type { CleanedEnv } from 'envalid';
import { DAY_MS } from '../connect/limits.js';
import { wholeNumber } from './validators.js';

/** Settings of jobs. */
export const JOB_SETTINGS = {
  CONNECT_JOB_RETENTION_DAYS: wholeNumber(
    1,
    3_650,
  )({ default: 30, desc: 'Days that the results of a job are kept, from its end.' }),
} as const;

/** Jobs. */
export interface JobSettings {
  readonly jobs: {
    /** The database of the jobs; undefined: there is none, and no jobs. */
    readonly databaseUrl: string | undefined;
    /** How long results are kept after the end of a job, in milliseconds. */
    readonly retentionMs: number;
  };
}

/**
 * Reads the settings of jobs.
 *
 * @param isStated whether DATABASE_URL is set: before a real instance nothing else needs one, so that none is made there
 */
export function jobsOf(
  env: CleanedEnv<typeof JOB_SETTINGS> & {
    readonly DATABASE_URL: string;
    readonly CONNECT_ADAPTER: 'embedded' | 'aws';
  },
  isStated: boolean,
): JobSettings {
  const hasDatabase = env.CONNECT_ADAPTER === 'embedded' || isStated;
  return {
    jobs: {
      databaseUrl: hasDatabase ? env.DATABASE_URL : undefined,
      retentionMs: env.CONNECT_JOB_RETENTION_DAYS * DAY_MS,
    },
  };
}
