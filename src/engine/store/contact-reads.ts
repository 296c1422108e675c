import { type Kysely, type RawBuilder, sql } from 'kysely';
import { keysIn, type SqlFlavour } from './batch-sql.js';
import { isPastRetention } from './retention.js';
import { Statement, type Tell } from './statement.js';
import type { AttributesRow, ContactReadRow } from './store.js';
import type { Tables } from './tables.js';

/** What reads of contacts go by. */
export interface ContactReadParts {
  readonly reader: Kysely<Tables>;
  readonly flavour: SqlFlavour;
  /** How long ended contacts are kept, in milliseconds. */
  readonly retentionMs: number;
}

/** Contacts that are asked for by their ids. */
interface Asked {
  readonly instanceId: string;
  /** The ids, as one parameter. */
  readonly ids: string;
}

/** The reads that nearly every request needs, their text made once. */
export interface ContactReads {
  readonly contacts: Statement<Asked, ContactReadRow>;
  /** All members of the chains that the contacts belong to, in their order. */
  readonly chains: Statement<Asked, ContactReadRow>;
  readonly attributes: Statement<Asked, AttributesRow>;
}

/** Prepares the reads of contacts by their ids. */
export function contactReads(parts: ContactReadParts): ContactReads {
  const { reader, flavour } = parts;
  const instance = (tell: Tell<Asked>) => tell(({ instanceId }) => instanceId);
  /**
   * Instance and id as one: by the two apart SQLite goes through all contacts of the instance, in the index of chains, for
   * every read (measured at a million contacts: 150 ms a chain, and 0.03 ms so).
   */
  const isAsked = (table: string, tell: Tell<Asked>) => {
    const keys = keysIn(
      flavour,
      instance(tell),
      tell((asked) => asked.ids),
    );
    return sql<boolean>`(${sql.ref(`${table}.instanceId`)}, ${sql.ref(`${table}.id`)}) in ${keys}`;
  };
  return {
    contacts: new Statement((tell) => readContacts(parts).where(isAsked('contact', tell))),
    chains: new Statement((tell) =>
      readContacts(parts)
        .where('contact.instanceId', '=', instance(tell))
        .where('contact.chainId', 'in', (of) =>
          of.selectFrom('contact as asked').select('asked.chainId').where(isAsked('asked', tell)),
        )
        .orderBy('contact.chainId')
        .orderBy('contact.initiatedAt')
        .orderBy('contact.id'),
    ),
    attributes: new Statement((tell) =>
      reader
        .selectFrom('contact')
        .innerJoin('instance', 'instance.id', 'contact.instanceId')
        .innerJoin('chain', (join) =>
          join.onRef('chain.instanceId', '=', 'contact.instanceId').onRef('chain.id', '=', 'contact.chainId'),
        )
        .select(['contact.id as contactId', 'chain.attributes'])
        .where(isAsked('contact', tell))
        .where(isKept(parts)),
    ),
  };
}

/** Contacts with what their telling takes of their instance, without those past their retention. */
export function readContacts(parts: ContactReadParts) {
  const { reader, flavour } = parts;
  return reader
    .selectFrom('contact')
    .innerJoin('instance', 'instance.id', 'contact.instanceId')
    .selectAll('contact')
    .select((of) => [
      'instance.arn as instanceArn',
      'instance.lastInstant',
      flavour.clock().as('clock'),
      of
        .selectFrom('taskTemplate')
        .select('taskTemplate.name')
        .whereRef('taskTemplate.instanceId', '=', 'contact.instanceId')
        .whereRef('taskTemplate.id', '=', 'contact.taskTemplateId')
        .as('taskTemplateName'),
    ])
    .where(isKept(parts));
}

/** What a contact must be to be read, in a query that has its instance beside it. */
export function isKept({ flavour, retentionMs }: ContactReadParts): RawBuilder<boolean> {
  const now = sql<number>`(case when "instance"."lastInstant" > ${flavour.clock()} then "instance"."lastInstant" else ${flavour.clock()} end)`;
  return sql<boolean>`not ${isPastRetention(now, retentionMs)}`;
}
