import { type Kysely, type RawBuilder, sql } from 'kysely';
import { keysIn, type SqlDialect } from './batch-sql.js';
import { isPastRetention } from './retention.js';
import { Statement, type Bind } from './statement.js';
import type { AttributesRow, ContactReadRow } from './store.js';
import type { Tables } from './tables.js';

/** The database, and which of its contacts can be read. */
export interface ContactReadParts {
  readonly reader: Kysely<Tables>;
  readonly dialect: SqlDialect;
  /** Retention of ended contacts, in milliseconds. */
  readonly retentionMs: number;
}

/** The ids of the requested contacts. */
interface Asked {
  readonly instanceId: string;
  /** A list of {@link listed}. */
  readonly ids: string;
}

/** The reads that nearly every request needs. Their text is compiled once. */
export interface ContactReads {
  readonly contacts: Statement<Asked, ContactReadRow>;
  /** All members of the chains that the contacts belong to, in the order of the chain. */
  readonly chains: Statement<Asked, ContactReadRow>;
  readonly attributes: Statement<Asked, AttributesRow>;
}

/** Makes the statements that read contacts by their ids. */
export function contactReads(parts: ContactReadParts): ContactReads {
  const { reader, dialect } = parts;
  const instance = (bind: Bind<Asked>) => bind(({ instanceId }) => instanceId);
  /**
   * Compares instance and id as one pair. With two conditions SQLite reads all contacts of the instance from the index of
   * chains: 150 ms per chain at a million contacts, instead of 0.03 ms.
   */
  const isAsked = (table: string, bind: Bind<Asked>) => {
    const keys = keysIn(
      dialect,
      instance(bind),
      bind((asked) => asked.ids),
    );
    return sql<boolean>`(${sql.ref(`${table}.instanceId`)}, ${sql.ref(`${table}.id`)}) in ${keys}`;
  };
  return {
    contacts: new Statement((bind) => readContacts(parts).where(isAsked('contact', bind))),
    chains: new Statement((bind) =>
      readContacts(parts)
        .where('contact.instanceId', '=', instance(bind))
        .where('contact.chainId', 'in', (of) =>
          of.selectFrom('contact as asked').select('asked.chainId').where(isAsked('asked', bind)),
        )
        .orderBy('contact.chainId')
        .orderBy('contact.initiatedAt')
        .orderBy('contact.id'),
    ),
    attributes: new Statement((bind) =>
      reader
        .selectFrom('contact')
        .innerJoin('instance', 'instance.id', 'contact.instanceId')
        .innerJoin('chain', (join) =>
          join.onRef('chain.instanceId', '=', 'contact.instanceId').onRef('chain.id', '=', 'contact.chainId'),
        )
        .select(['contact.id as contactId', 'chain.attributes'])
        .where(isAsked('contact', bind))
        .where(isKept(parts)),
    ),
  };
}

/** Makes a query of contacts with the data of their instance, without contacts past their retention. */
export function readContacts(parts: ContactReadParts) {
  const { reader, dialect } = parts;
  return reader
    .selectFrom('contact')
    .innerJoin('instance', 'instance.id', 'contact.instanceId')
    .selectAll('contact')
    .select((of) => [
      'instance.arn as instanceArn',
      'instance.lastInstant',
      dialect.clock().as('clock'),
      of
        .selectFrom('taskTemplate')
        .select('taskTemplate.name')
        .whereRef('taskTemplate.instanceId', '=', 'contact.instanceId')
        .whereRef('taskTemplate.id', '=', 'contact.taskTemplateId')
        .as('taskTemplateName'),
    ])
    .where(isKept(parts));
}

/** Returns the condition that a contact is not past its retention. The query must join its instance. */
export function isKept({ dialect, retentionMs }: ContactReadParts): RawBuilder<boolean> {
  return sql<boolean>`not ${isPastRetention(instantOf(dialect), retentionMs)}`;
}

/** Returns the instant that reads of an instance use. The query must join its instance. */
export function instantOf(dialect: SqlDialect): RawBuilder<number> {
  return sql<number>`(case when "instance"."lastInstant" > ${dialect.clock()} then "instance"."lastInstant" else ${dialect.clock()} end)`;
}
