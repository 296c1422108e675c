import { jest } from '@jest/globals';
import { CachingDatabase } from '../../src/engine/store/sqlite-database.js';

/** The SQL statements that reached SQLite. */
export interface Statements extends Disposable {
  /** Those so far, which are forgotten then. */
  take(): readonly string[];
}

/** Notes each SQL statement that runs: Kysely asks its database for one each time. */
export function noteStatements(): Statements {
  const spy = jest.spyOn(CachingDatabase.prototype, 'prepare');
  return {
    take() {
      const statements = spy.mock.calls.map(([sql]) => sql);
      spy.mockClear();
      return statements;
    },
    [Symbol.dispose]: () => spy.mockRestore(),
  };
}
