import { createHash } from 'node:crypto';
import type { Connect } from '../connect/connect.js';
import type { ItemError, ItemOutcome, Job, LeasedItem, Settled } from './job.js';
import type { JobStore } from './job-store.js';
import { delayAfter, type ErrorsOf, isTokenGone, outcomeOf } from './outcome.js';
import type { Pace } from './pace.js';

/** Receives what becomes of items. */
export interface JobEvents {
  onSettled?(job: Job, item: LeasedItem, outcome: ItemOutcome, ms: number): void;
  /** The database of jobs failed. The runner goes on as soon as it answers. */
  onStoreFailed?(error: unknown): void;
}

/** The parts of a runner. */
export interface RunnerParts {
  readonly store: JobStore;
  readonly connect: Pick<Connect, 'startTaskContact'>;
  /** Leases that are worked on at once. */
  readonly workers: number;
  readonly pace: Pace;
  /** The clock, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly errorsOf: ErrorsOf;
  /** Errors of items that end otherwise than by an answer of the port. */
  readonly endings: { readonly [Ending in 'expired' | 'outcomeUnknown' | 'unexpected']: readonly ItemError[] };
  /** How long results are kept, in milliseconds. */
  readonly retentionMs: number;
  readonly events: JobEvents;
}

/** How often the runner looks for jobs, reports that it is alive and tidies up, in milliseconds. */
const LOOK_MS = 1_000;

/** How long a process keeps the next attempt of a job that waits for a quota to itself, in milliseconds. */
const PROBE_MS = 30_000;

/** A job that this process works on. */
interface Turn {
  job: Job;
  /** Attempts that wait for their turn are given up with this. */
  readonly halt: AbortController;
  /** Leases under way. */
  leases: number;
  /** Failures in a row, and until when the job rests for them. */
  failures: number;
  restUntil: number;
  /** Whether the last look found no item to lease. */
  isEmpty: boolean;
  /** Whether a lease failed, so that items may be leased unnoticed. */
  isLost: boolean;
}

/** Creates the tasks of jobs: leases items in order, job by job in turns, and stores what became of them. */
export class JobRunner {
  readonly #parts: RunnerParts;
  readonly #turns = new Map<string, Turn>();
  readonly #workers: readonly Promise<void>[];
  #isClosing = false;
  #looking: Promise<void> | undefined;
  #lookAgain = false;
  #waiters: (() => void)[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(parts: RunnerParts) {
    this.#parts = parts;
    this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
    this.#workers = Array.from({ length: parts.workers }, () => this.#work());
    this.look();
  }

  /** Looks for jobs now. */
  look(): void {
    this.#lookAgain = true;
    this.#looking ??= this.#lookWhileAsked().finally(() => {
      this.#looking = undefined;
    });
  }

  /** Gives up attempts that wait for their turn, and resolves when all leases are settled. */
  async close(): Promise<void> {
    this.#isClosing = true;
    clearInterval(this.#timer);
    for (const { halt } of this.#turns.values()) halt.abort();
    this.#wake();
    await Promise.all([...this.#workers, this.#looking]);
  }

  async #lookWhileAsked(): Promise<void> {
    while (this.#lookAgain && !this.#isClosing) {
      this.#lookAgain = false;
      try {
        await this.#lookOnce();
      } catch (error) {
        this.#parts.events.onStoreFailed?.(error);
      }
    }
  }

  async #lookOnce(): Promise<void> {
    const { store, endings, retentionMs, now } = this.#parts;
    await store.beat();
    await store.expire(endings);
    const jobs = new Map((await store.runnable()).map((job) => [job.id, job]));
    for (const [id, turn] of this.#turns) {
      const job = jobs.get(id);
      // Paused, cancelled or over: attempts that wait for their turn are given up.
      if (job?.state !== turn.job.state) turn.halt.abort();
      if (!turn.halt.signal.aborted || turn.leases > 0) continue;
      if (turn.isLost) await store.release(id);
      this.#turns.delete(id);
    }
    for (const [id, job] of jobs) {
      const turn = this.#turns.get(id);
      if (turn === undefined) this.#turns.set(id, turnOf(job));
      else turn.isEmpty = false;
    }
    this.#wake();
    while (!this.#isClosing && (await store.removeEndedBefore(now() - retentionMs)));
  }

  #wake(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  async #work(): Promise<void> {
    const { pace } = this.#parts;
    while (!this.#isClosing) {
      const turn = this.#next();
      if (turn === undefined) {
        await new Promise<void>((resolve) => this.#waiters.push(resolve));
        continue;
      }
      const from = performance.now();
      turn.leases++;
      try {
        await this.#leaseAndSettle(turn, pace.size());
      } catch (error) {
        this.#parts.events.onStoreFailed?.(error);
        // Items may be leased without this process knowing of it.
        turn.isLost = true;
        turn.halt.abort();
      } finally {
        turn.leases--;
      }
      if (turn.halt.signal.aborted && turn.leases === 0) this.look();
      await pace.rest(performance.now() - from);
    }
  }

  /** Returns the job whose turn it is, and puts it behind the others. */
  #next(): Turn | undefined {
    const now = performance.now();
    for (const [id, turn] of this.#turns) {
      if (turn.isEmpty || turn.halt.signal.aborted || turn.restUntil > now) continue;
      this.#turns.delete(id);
      this.#turns.set(id, turn);
      return turn;
    }
    return undefined;
  }

  async #leaseAndSettle(turn: Turn, size: number): Promise<void> {
    const { store } = this.#parts;
    const { job } = turn;
    const isProbe = job.pauseReason === 'QUOTA_EXCEEDED';
    if (isProbe) {
      // One item shows whether there is a place.
      turn.isEmpty = true;
      if (!(await store.claimProbe(job.id, PROBE_MS))) return;
    }
    const items = await store.lease(job, isProbe ? 1 : size);
    if (items.length === 0) {
      turn.isEmpty = true;
      return;
    }
    const settled = await Promise.all(items.map((item) => this.#attempt(turn, item)));
    const after = await this.#settle(job.id, settled);
    this.#note(turn, settled);
    if (after === undefined || after.state !== job.state || after.waiting === 0) turn.halt.abort();
  }

  /** Stores outcomes, and tries again until the database answers, because a lost outcome costs another attempt. */
  async #settle(jobId: string, settled: readonly Settled[]): Promise<Job | undefined> {
    const { store, events } = this.#parts;
    for (let failures = 1; ; failures++) {
      try {
        return await store.settle(jobId, settled);
      } catch (error) {
        events.onStoreFailed?.(error);
        if (this.#isClosing) throw error;
        await new Promise((resolve) => setTimeout(resolve, delayAfter(failures)));
      }
    }
  }

  async #attempt({ job, halt }: Turn, item: LeasedItem): Promise<Settled> {
    const { connect, now, errorsOf, endings, events } = this.#parts;
    const from = performance.now();
    let outcome: ItemOutcome;
    if (isTokenGone(item, now())) {
      outcome = { kind: 'FAILED', errors: endings.outcomeUnknown, isOpen: true };
    } else {
      try {
        const { instanceId } = job;
        const { contactId } = await connect.startTaskContact(
          { ...item.task, instanceId, clientToken: clientTokenOf(job.id, item.key) },
          {
            signal: halt.signal,
            purpose: 'JOB',
            caller: { key: `job ${job.id}`, rights: '' },
            hasNewToken: item.openSince === undefined,
          },
        );
        outcome = { kind: 'CREATED', contactId };
      } catch (error) {
        outcome = outcomeOf(error, item, errorsOf, endings.unexpected);
      }
    }
    events.onSettled?.(job, item, outcome, performance.now() - from);
    return { seq: item.seq, outcome };
  }

  /** Lets a job rest if attempts failed for a reason that passes, longer each time until one succeeds. */
  #note(turn: Turn, settled: readonly Settled[]): void {
    const delays = settled.flatMap(({ outcome }) => (outcome.kind === 'AGAIN' ? [outcome.afterMs] : []));
    if (delays.length < settled.length) turn.failures = 0;
    const longest = Math.max(0, ...delays);
    if (longest === 0) return;
    turn.failures++;
    this.#slowDown(turn, Math.min(longest, delayAfter(turn.failures)));
  }

  #slowDown(turn: Turn, ms: number): void {
    turn.restUntil = performance.now() + ms;
    setTimeout(() => this.#wake(), ms + 1).unref();
  }
}

function turnOf(job: Job): Turn {
  return { job, halt: new AbortController(), leases: 0, failures: 0, restUntil: 0, isEmpty: false, isLost: false };
}

/**
 * Returns the client token of an item: the same for each attempt, whichever process makes it. 43 characters, all allowed by
 * the API. Source: StartTaskContact, ClientToken, at most 500.
 */
export function clientTokenOf(jobId: string, key: string): string {
  return createHash('sha256').update(`${jobId}\0${key}`).digest('base64url');
}
