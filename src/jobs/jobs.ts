import { setTimeout as sleep } from 'node:timers/promises';
import type { Job } from './job.js';
import type { JobStore } from './job-store.js';
import { JobRunner, type RunnerParts } from './runner.js';

/** Jobs are asked for, but there is no database for them. */
export class NoJobsError extends Error {
  constructor() {
    super('Jobs need a database. Set DATABASE_URL on the gateway.');
    this.name = 'NoJobsError';
  }
}

/** How often a job is read for those who follow it, in milliseconds: they receive at most two changes a second. */
const FOLLOW_MS = 500;

/** The parts of {@link Jobs}. */
export interface JobsParts extends Omit<RunnerParts, 'store'> {
  /** Opens the store. Undefined if there is no database for jobs. */
  readonly open: (() => Promise<JobStore>) | undefined;
  /** Whether the database may have jobs already, so that it is opened at the start. */
  readonly mayHaveJobs: boolean;
}

/** The jobs of this process: opens their database when it is needed, and works on them. */
export class Jobs {
  readonly #parts: JobsParts;
  #opened: Promise<{ readonly store: JobStore; readonly runner: JobRunner }> | undefined;
  #isClosed = false;

  constructor(parts: JobsParts) {
    this.#parts = parts;
  }

  /**
   * Continues the jobs of earlier processes.
   *
   * @throws what the database reports
   */
  async start(): Promise<void> {
    if (this.#parts.open !== undefined && this.#parts.mayHaveJobs) await this.store();
  }

  /**
   * Returns the store of the jobs.
   *
   * @throws NoJobsError, and what the database reports
   */
  async store(): Promise<JobStore> {
    const { open } = this.#parts;
    if (open === undefined || this.#isClosed) throw new NoJobsError();
    this.#opened ??= open().then(
      (store) => ({ store, runner: new JobRunner({ ...this.#parts, store }) }),
      (error) => {
        this.#opened = undefined;
        throw error;
      },
    );
    return (await this.#opened).store;
  }

  /** Reports to the runner that a job has changed. */
  async changed(): Promise<void> {
    (await this.#opened)?.runner.look();
  }

  /** Yields a job at once and whenever it has changed, at most twice a second. Ends with the job. */
  async *follow(jobId: string, signal: AbortSignal): AsyncGenerator<Job> {
    const store = await this.store();
    let last = '';
    while (!signal.aborted && !this.#isClosed) {
      const job = await store.find(jobId);
      if (job === undefined) return;
      const { perSecond: _, ...facts } = job;
      const seen = JSON.stringify(facts);
      if (seen !== last) yield job;
      last = seen;
      if (job.endedAt !== undefined) return;
      await sleep(FOLLOW_MS, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Returns the numbers of running jobs and of waiting items; undefined while no database is open. */
  async count(): Promise<{ readonly running: number; readonly waiting: number } | undefined> {
    return (await this.#opened?.catch(() => undefined))?.store.count();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.runner.close();
    await opened?.store.close();
  }
}
