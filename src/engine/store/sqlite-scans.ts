import { extname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import type { CompiledQuery } from 'kysely';
import { LogPauses } from '../../util/log-pauses.js';
import type { Scan, Scanned, ScanWorkerData } from './scan-worker.js';
import type { Scans } from './scans.js';
import { bindable } from './sqlite-database.js';
import { rowViewMaker } from '../../util/sqlite-rows.js';
import type { Runner } from './statement.js';

/** Time after which an idle thread ends by default, in milliseconds. */
const IDLE_MS = 10_000;

/** The worker beside this file: compiled if this file is. */
const WORKER = new URL(`./scan-worker${extname(import.meta.url)}`, import.meta.url);

/** Scans a SQLite file in worker threads: one per running scan, started on demand and ended when idle. */
export class SqliteScans implements Scans {
  readonly #file: string;
  readonly #idle: ScanThread[] = [];
  readonly #all = new Set<ScanThread>();

  readonly #pauses: LogPauses;
  readonly #idleMs: number;

  /**
   * @param logBytes returns the size of the write-ahead log, in bytes
   * @param idleMs time after which an idle thread ends, in milliseconds. Default: 10,000
   */
  constructor(file: string, logBytes: () => number, idleMs = IDLE_MS) {
    this.#file = file;
    this.#pauses = new LogPauses(logBytes);
    this.#idleMs = idleMs;
  }

  /** The number of threads. */
  get threads(): number {
    return this.#all.size;
  }

  async run(statements: readonly CompiledQuery<unknown>[], signal: AbortSignal): Promise<readonly unknown[][]> {
    const scan = statements.map(({ sql, parameters }) => ({ sql, parameters: bindable(parameters) }));
    const scanned = await this.#pauses.run(() => this.#scan({ statements: scan }, signal));
    if ('error' in scanned) throw scanned.error;
    return scanned.found.map(({ columns, rows }) => rows.map(rowViewMaker(columns)));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#all].map((thread) => thread.end()));
  }

  async #scan(scan: Scan, signal: AbortSignal): Promise<Scanned> {
    signal.throwIfAborted();
    const thread = this.#idle.pop() ?? this.#start();
    const scanned = await thread.run(scan, signal);
    this.#idle.push(thread);
    return scanned;
  }

  #start(): ScanThread {
    const thread = new ScanThread(this.#file, this.#idleMs, () => {
      this.#all.delete(thread);
      const index = this.#idle.indexOf(thread);
      if (index >= 0) this.#idle.splice(index, 1);
    });
    this.#all.add(thread);
    return thread;
  }
}

/**
 * Makes scans on a connection of this thread, which is blocked meanwhile. It is for a database in memory, which no other
 * thread can open.
 *
 * @param runner runs statements on the connection
 */
export function scansInThisThread(database: DatabaseSync, runner: Runner): Scans {
  database.function('scan_continues', () => 1);
  return {
    async run(statements, signal) {
      const found: (readonly unknown[])[] = [];
      for (const statement of statements) {
        signal.throwIfAborted();
        const parameters = bindable(statement.parameters);
        found.push((await runner.executeQuery({ ...statement, parameters })).rows);
      }
      return found;
    },
    close: async () => {},
  };
}

/** A worker thread that runs one scan at a time. */
class ScanThread {
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #worker: Worker;
  readonly #idleMs: number;
  /** The answer to the running scan. */
  #answer = Promise.withResolvers<Scanned>();
  #idle: NodeJS.Timeout | undefined;

  /** @param ended called when the thread has ended */
  constructor(file: string, idleMs: number, ended: () => void) {
    this.#idleMs = idleMs;
    const workerData: ScanWorkerData = { file, stop: this.#stop };
    this.#worker = new Worker(WORKER, { workerData, name: 'scan' });
    this.#worker.on('message', (scanned: Scanned) => this.#answer.resolve(scanned));
    this.#worker.on('error', (error) => this.#answer.reject(error));
    this.#worker.on('exit', () => {
      this.#answer.reject(new Error('The thread of a scan has ended'));
      ended();
    });
  }

  async run(scan: Scan, signal: AbortSignal): Promise<Scanned> {
    clearTimeout(this.#idle);
    this.#worker.ref();
    this.#answer = Promise.withResolvers();
    Atomics.store(this.#stop, 0, 0);
    const interrupt = () => Atomics.store(this.#stop, 0, 1);
    signal.addEventListener('abort', interrupt, { once: true });
    try {
      this.#worker.postMessage(scan);
      return await this.#answer.promise;
    } finally {
      signal.removeEventListener('abort', interrupt);
      // An idle thread keeps no process alive.
      this.#worker.unref();
      this.#idle = setTimeout(() => this.end(), this.#idleMs);
      this.#idle.unref();
    }
  }

  async end(): Promise<void> {
    clearTimeout(this.#idle);
    Atomics.store(this.#stop, 0, 1);
    await this.#worker.terminate();
  }
}
