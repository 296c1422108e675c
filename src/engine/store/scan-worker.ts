/**
 * The worker thread in which SQLite scans: one read-only connection, one scan at a time. It imports only modules of Node,
 * because Node also runs it from its TypeScript source.
 */
import { setPriority } from 'node:os';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';

/** The data that the thread starts with. */
export interface ScanWorkerData {
  readonly file: string;
  /** Set to 1 to interrupt the running scan. */
  readonly stop: Int32Array<SharedArrayBuffer>;
}

/** The statements of a scan. */
export interface Scan {
  readonly statements: readonly { readonly sql: string; readonly parameters: readonly SQLInputValue[] }[];
}

/** The rows of each statement of a scan, as lists of values in the order of the columns; or the error. */
export type Scanned =
  | {
      readonly found: readonly {
        readonly columns: readonly string[];
        readonly rows: readonly (readonly unknown[])[];
      }[];
    }
  | { readonly error: Error };

/** Time to wait while a checkpoint locks the file, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** On Linux a thread has its own priority. Requests get the processor before scans do. */
const LOWER_PRIORITY = 10;

const { file, stop } = workerData as ScanWorkerData;
if (process.platform === 'linux') setPriority(LOWER_PRIORITY);

const database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
// Statements over many rows call this function now and then, because nothing else can interrupt them.
database.function('scan_continues', () => {
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
