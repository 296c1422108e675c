/**
 * The thread in which SQLite scans: one connection that only reads, one scan at a time. It stands alone: Node runs it as
 * it is, from the sources too, so that all it imports are modules of Node.
 */
import { setPriority } from 'node:os';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** What the thread is started with. */
export interface ScanWorkerData {
  readonly file: string;
  /** Becomes 1 when the scan that runs is to stop. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** The statements of a scan. */
export interface Scan {
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly SQLInputValue[] }[];
}

/** The rows of each statement of a scan, as lists of values in the order of the columns; or why it failed. */
export type Scanned =
  | {
      readonly found: readonly {
        readonly columns: readonly string[];
        readonly rows: readonly (readonly unknown[])[];
      }[];
    }
  | { readonly error: Error };

/** How long to wait while a checkpoint holds the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** On Linux a priority is the thread's own: where processors are scarce, what serves requests comes before a scan. */
const LOWER_PRIORITY = 10;

const { file, stop } = workerData as ScanWorkerData;
if (process.platform === 'linux') setPriority(LOWER_PRIORITY);

const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
// Statements that may go through many rows ask this now and then: nothing else can interrupt one.
database.function('scan_goes_on', () => {
  if (Atomics.load(stop, 0) !== 0) throw new Error('The scan was interrupted');
  return 1;
});

parentPort?.on('message', ({ statements }: Scan) => {
  parentPort?.postMessage(scan(statements));
});

function scan(statements: Scan['statements']): Scanned {
  try {
    // All statements see the same state of the data.
    database.exec('begin');
    return {
      found: statements.map(({ sql, parameters }) => {
        const statement = database.prepare(sql);
        statement.setReturnArrays(true);
        const columns = statement.columns().map(({ name }) => name);
        return { columns, rows: statement.all(...parameters) as unknown as unknown[][] };
      }),
    };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  } finally {
    database.exec('rollback');
  }
}
