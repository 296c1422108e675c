import type { Contact, ContactSummary } from '../../connect/contact.js';
import type { Pool } from './calls.js';

/** What a selection stands on: some things of one kind, or what holds them. */
export type Things = Contacts | Chains | CatalogThings | Holder;

/** A member of a contact that can be known before the contact is read. */
export type ContactMember = keyof Contact;

/** A chain of each of some contacts. */
export interface ChainOf {
  readonly key: string;
  readonly count: number;
  /** Whether its id is known without a listing. */
  readonly isKnown: boolean;
}

/** Contacts. */
export interface Contacts {
  readonly type: 'ConnectContact';
  /** Things of one key are the same ones. */
  readonly key: string;
  readonly count: number;
  /** What is known of each without a read of it; undefined: all. */
  readonly known: ReadonlySet<ContactMember> | undefined;
  readonly chain: ChainOf;
  /** The contacts that they are among. */
  readonly pool: Pool;
}

/** Chains. */
export interface Chains {
  readonly type: 'ConnectContactChain';
  readonly key: string;
  readonly count: number;
  /** Whether a router refers to them. */
  readonly isReference?: true;
}

/** Things of the catalogue. */
export interface CatalogThings {
  readonly type: 'ConnectContactFlow' | 'ConnectQuickConnect' | 'ConnectTaskTemplate';
  readonly key: string;
  readonly count: number;
  /** Fields that are answered without a read; undefined: all. */
  readonly known: ReadonlySet<string> | undefined;
}

/** A connection, an edge, a payload, or a list of entities. */
export interface Holder {
  readonly type: 'holder';
  readonly key: string;
  /** What its fields lead to; others are told as they are. */
  readonly fields: Readonly<Record<string, Things>>;
}

/** Nothing is known but the ids. */
export const NOTHING_KNOWN: ReadonlySet<never> = new Set();

/** What a listing of a chain tells of each contact. */
const LISTED: Readonly<Record<keyof ContactSummary, true>> = {
  instanceId: true,
  id: true,
  arn: true,
  channel: true,
  initiationMethod: true,
  initiatedAt: true,
  endedAt: true,
  initialContactId: true,
  previousContactId: true,
  relatedContactId: true,
};

/** The same as a set. */
export const KNOWN_FROM_LISTING: ReadonlySet<ContactMember> = new Set(Object.keys(LISTED) as ContactMember[]);

/** What a search tells of each contact: more than a listing, and nothing of related contacts. */
export const KNOWN_FROM_SEARCH: ReadonlySet<ContactMember> = new Set<ContactMember>([
  ...[...KNOWN_FROM_LISTING].filter((member) => member !== 'relatedContactId'),
  'name',
  'scheduledTime',
  'expiresAt',
  'queue',
  'agent',
  'tags',
]);

/** Contacts of a chain that is not known yet, or of one that is. */
export function contacts(
  key: string,
  count: number,
  known: Contacts['known'],
  chain: ChainOf,
  chainSize: number,
): Contacts {
  return { type: 'ConnectContact', key, count, known, chain, pool: { key: chain.key, most: chain.count * chainSize } };
}

/** The chain of each of some contacts. */
export function chainOf(key: string, count: number, isKnown: boolean): ChainOf {
  return { key: `chain of ${key}`, count, isKnown };
}

/** What holds something. */
export function holder(key: string, fields: Holder['fields']): Holder {
  return { type: 'holder', key: `holder of ${key}`, fields };
}
