import type { PreparedStatement, PreparingDatabase } from '../../src/engine/store/sqlite-database.js';
import type { Tap } from './engine.js';

/** A statement on its way to the database. */
export interface TappedStatement {
  readonly connection: 'writer' | 'reader';
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Which statements a fault is about. */
export type Match = (statement: TappedStatement) => boolean;

interface Hook {
  readonly match: Match;
  readonly when: 'before' | 'after';
  readonly act: () => void;
}

/** Sits between the engine and its database: remembers what passes, and lets statements fail. */
export class DatabaseTap implements Tap {
  /** All that has passed so far, whether or not it failed. */
  readonly statements: TappedStatement[] = [];
  readonly #hooks: Hook[] = [];

  /** Does something right before each statement that matches; what it throws is the statement's failure. */
  before(match: Match, act: () => void): void {
    this.#hooks.push({ match, when: 'before', act });
  }

  /** Fails matching statements before they run. `times` is how many of them, from the next one on. */
  fail(match: Match, times = 1): void {
    this.#hooks.push({ match, when: 'before', act: failing(times) });
  }

  /** Lets matching statements run, but loses their answer. */
  loseAnswer(match: Match, times = 1): void {
    this.#hooks.push({ match, when: 'after', act: failing(times) });
  }

  /** How many statements that match have passed. */
  count(match: Match): number {
    return this.statements.filter(match).length;
  }

  over(connection: TappedStatement['connection'], database: PreparingDatabase): PreparingDatabase {
    return {
      close: () => database.close(),
      prepare: (sql) => {
        const statement = database.prepare(sql);
        const tapped =
          <Result>(run: (parameters: readonly unknown[]) => Result) =>
          (parameters: readonly unknown[]) =>
            this.#pass({ connection, sql, parameters }, () => run(parameters));
        return {
          reader: statement.reader,
          all: tapped((parameters) => statement.all(parameters)),
          run: tapped((parameters) => statement.run(parameters)),
          views: tapped((parameters) => statement.views(parameters)),
          // One pass, however many rows: to the engine it is one statement.
          runEach: (lists) => this.#pass({ connection, sql, parameters: lists }, () => statement.runEach(lists)),
          iterate: (parameters) => statement.iterate(parameters),
        } satisfies PreparedStatement;
      },
    };
  }

  #pass<Result>(statement: TappedStatement, run: () => Result): Result {
    this.statements.push(statement);
    const hooks = this.#hooks.filter(({ match }) => match(statement));
    for (const { when, act } of hooks) if (when === 'before') act();
    const result = run();
    for (const { when, act } of hooks) if (when === 'after') act();
    return result;
  }
}

/** Statements whose SQL looks like this. */
export function sqlLike(pattern: RegExp): Match {
  return ({ sql }) => pattern.test(sql);
}

/** The end of a transaction. */
export const COMMIT: Match = sqlLike(/^commit$/);

/** The statement that stores new contacts. */
export const INSERT_CONTACTS: Match = sqlLike(/^insert into "contact" /);

function failing(times: number): () => void {
  let left = times;
  return () => {
    if (left-- > 0) throw new Error('injected fault');
  };
}
