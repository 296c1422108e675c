import { CachingDatabase } from '../../src/engine/store/sqlite-database.js';

/** The SQL statements that reached SQLite. */
export interface Statements extends Disposable {
  /** Those so far, which are forgotten then. */
  take(): readonly string[];
}

/** Notes each SQL statement that runs: Kysely asks its database for one each time. */
export function noteStatements(): Statements {
  const { prepare } = CachingDatabase.prototype;
  let statements: string[] = [];
  CachingDatabase.prototype.prepare = function (sql) {
    statements.push(sql);
    return prepare.call(this, sql);
  };
  return {
    take() {
      const taken = statements;
      statements = [];
      return taken;
    },
    [Symbol.dispose]: () => {
      CachingDatabase.prototype.prepare = prepare;
    },
  };
}
