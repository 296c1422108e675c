import type { SqlFlavour } from './batch-sql.js';
import { type Inserts, replaceAll } from './inserts.js';
import { type Connection, Statement, type Tell } from './statement.js';
import type { WrittenRows } from './store.js';
import { recordTemplateVersions } from './template-versions.js';
import { Tidying } from './tidying.js';

/** How the open tasks of an instance have changed, and when: milliseconds since the epoch. */
interface Opened {
  readonly instanceId: string;
  readonly tasks: number;
  readonly now: number;
}

/** Writes what batches leave behind, by statements whose text is made once. */
export class Writer {
  readonly #flavour: SqlFlavour;
  readonly #inserts: Inserts;
  readonly #tidying: Tidying;
  readonly #countOpened = new Statement((tell: Tell<Opened>, db) =>
    db
      .updateTable('instance')
      .set((of) => ({
        openTasks: of(
          'openTasks',
          '+',
          tell(({ tasks }) => tasks),
        ),
        lastInstant: tell(({ now }) => now),
      }))
      .where(
        'id',
        '=',
        tell(({ instanceId }) => instanceId),
      ),
  );

  constructor(flavour: SqlFlavour, retentionMs: number, inserts: Inserts) {
    this.#flavour = flavour;
    this.#inserts = inserts;
    this.#tidying = new Tidying(flavour, retentionMs);
  }

  /** At most one insert a table, however many requests there are. */
  async write(connection: Connection, batchId: string, rows: WrittenRows, now: number): Promise<void> {
    const inserts = this.#inserts;
    await inserts.into(connection, 'taskTemplate', rows.newTemplates);
    await recordTemplateVersions(connection.db, this.#flavour, rows.newTemplates);
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
    await inserts.into(connection, 'batch', [{ id: batchId, committedAt: now }]);
    for (const [instanceId, opened] of rows.openedTasks) {
      const ended = await this.#tidying.ofInstance(connection, instanceId, now);
      await this.#countOpened.run(connection, { instanceId, tasks: opened - ended, now });
    }
    await this.#tidying.ofAll(connection, now);
  }
}
