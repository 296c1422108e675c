import type { SqlDialect } from './batch-sql.js';
import { ChangeWriter } from './contact-changes.js';
import { type Inserts, replaceAll } from './inserts.js';
import { type Connection, Statement, type Bind } from './statement.js';
import type { WrittenRows } from './store.js';
import { recordTemplateVersions } from './template-versions.js';
import { Cleanup } from './cleanup.js';

/** The change in the number of open tasks of an instance, and its instant in milliseconds since the epoch. */
interface Opened {
  readonly instanceId: string;
  readonly tasks: number;
  /** How many changes were written of it. */
  readonly changes: number;
  readonly now: number;
}

/** Writes the rows of batches, by statements whose text is compiled once. */
export class Writer {
  readonly #dialect: SqlDialect;
  readonly #inserts: Inserts;
  readonly #changes: ChangeWriter;
  readonly #cleanup: Cleanup;
  readonly #countOpened = new Statement((bind: Bind<Opened>, db) =>
    db
      .updateTable('instance')
      .set((of) => ({
        openTasks: of(
          'openTasks',
          '+',
          bind(({ tasks }) => tasks),
        ),
        lastInstant: bind(({ now }) => now),
        lastChange: of(
          'lastChange',
          '+',
          bind(({ changes }) => changes),
        ),
      }))
      .where(
        'id',
        '=',
        bind(({ instanceId }) => instanceId),
      ),
  );

  constructor(dialect: SqlDialect, retentionMs: number, inserts: Inserts) {
    this.#dialect = dialect;
    this.#inserts = inserts;
    this.#changes = new ChangeWriter(inserts);
    this.#cleanup = new Cleanup(dialect, retentionMs);
  }

  /** Executes at most one insert per table and kind of row, whatever the number of requests. */
  async write(connection: Connection, batchId: string, rows: WrittenRows, now: number): Promise<void> {
    const inserts = this.#inserts;
    await inserts.into(connection, 'taskTemplate', rows.newTemplates);
    await recordTemplateVersions(connection.db, this.#dialect, rows.newTemplates);
    await inserts.into(connection, 'contact', rows.newContacts);
    await inserts.into(connection, 'contact', rows.changedContacts, replaceAll('contact'));
    await inserts.into(connection, 'chain', rows.chains, {
      key: ['instanceId', 'id'],
      columns: ['attributes', 'attributeBytes', 'linkedTasks'],
    });
    await inserts.into(connection, 'clientToken', rows.tokens, {
      key: ['scope'],
      columns: ['fingerprint', 'contactId', 'expiresAt'],
    });
    await this.#changes.write(connection, rows.changes);
    await inserts.into(connection, 'batch', [{ id: batchId, committedAt: now }]);
    for (const [instanceId, opened] of rows.openedTasks) {
      const changes = rows.changes.filter((change) => change.instanceId === instanceId).length;
      const ended = await this.#cleanup.cleanInstance(connection, instanceId, now);
      await this.#countOpened.run(connection, { instanceId, tasks: opened - ended, changes, now });
    }
    await this.#cleanup.cleanAll(connection, now);
  }
}
