import type { GraphQLObjectType } from 'graphql';
import type { RatedOperation } from '../../connect/rates.js';
import { ConnectContact, ConnectContactChain } from '../../graphql/contact/contact.type.js';
import { type FieldReads, memberOf, readsOf } from '../../graphql/loading/reads.js';

/** Objects of one type that a selection stands on. */
export interface Things {
  readonly type: GraphQLObjectType;
  /** Things of one key are the same ones. */
  readonly key: string;
  readonly count: number;
  /** Operation that they came by. Default: none, so that nothing but their ids is known. */
  readonly origin?: RatedOperation | undefined;
  /** Members that are known beside. Default: none. */
  readonly stated?: ReadonlySet<string> | undefined;
  /** The chains that contacts belong to, if they are those of other things. Default: the contacts' own. */
  readonly chains?: Chains | undefined;
  /** Whether a router refers to them. Default: false. */
  readonly isReference?: true;
}

/** The chains of some contacts. */
export interface Chains {
  readonly key: string;
  readonly count: number;
}

/** Whether things are chains. */
export function areChains({ type }: Pick<Things, 'type'>): boolean {
  return type.name === ConnectContactChain.name;
}

/** The chains that things are, or belong to. */
export function chainsOf(things: Things): Chains {
  const { key, count, chains } = things;
  return areChains(things) ? things : (chains ?? { key: `chain of ${key}`, count });
}

/** Whether the ids of the things' chains are known without a listing. */
export function knowsChains(things: Things): boolean {
  return areChains(things) || things.chains !== undefined || missingReads(things, 'chain', OF_CHAIN).length === 0;
}

const OF_CHAIN = readsOf(ConnectContact).get('chain') as FieldReads;

/** The operations that must read a field of things, because what is known of them does not include it. */
export function missingReads({ origin, stated }: Things, field: string, reads: FieldReads): readonly RatedOperation[] {
  if (stated?.has(memberOf(field, reads)) || (origin && reads.reportedBy.includes(origin))) return [];
  return reads.by.filter((operation) => operation !== origin);
}
