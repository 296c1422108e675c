import { CachingDatabase } from '../../src/engine/store/sqlite-database.js';
import { SqliteScans } from '../../src/engine/store/sqlite-scans.js';

/** The SQL statements that reached SQLite. */
export interface Statements extends Disposable {
  /** Those so far, which are forgotten then. */
  take(): readonly string[];
}

/** Notes each SQL statement that runs: on a connection of this thread, or in the thread of a scan. */
export function noteStatements(): Statements {
  const noted: string[] = [];
  const { prepare } = CachingDatabase.prototype;
  const { run } = SqliteScans.prototype;
  CachingDatabase.prototype.prepare = function (sql) {
    noted.push(sql);
    return prepare.call(this, sql);
  };
  SqliteScans.prototype.run = function (statements, signal) {
    noted.push(...statements.map(({ sql }) => sql));
    return run.call(this, statements, signal);
  };
  return {
    take: () => noted.splice(0),
    [Symbol.dispose]: () => {
      CachingDatabase.prototype.prepare = prepare;
      SqliteScans.prototype.run = run;
    },
  };
}
