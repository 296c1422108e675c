import type { Caller } from '../connect/call.js';

/** What a caller may be allowed. */
export const SCOPES = ['tasks:read', 'tasks:create', 'tasks:write'] as const;

/** One of the scopes that the gateway knows; a token may have others, which say nothing here. */
export type Scope = (typeof SCOPES)[number];

/** Who an authenticated caller is, and what it may do: what a token that was verified says. */
export interface Identity {
  /** Stands for issuer, subject and client, always the same for the same three; tells none of them. */
  readonly key: string;
  readonly subject: string | undefined;
  /** The application that the token was given to. */
  readonly clientId: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** The instances that the caller may touch, by id or alias. Undefined: all that are served. */
  readonly instances: readonly string[] | undefined;
}

/** The caller as the port is told it. Without authentication, a caller is its address, and all have the same rights. */
export function callerOf(identity: Identity | undefined, address: string): Caller {
  if (identity === undefined) return { key: address, rights: '' };
  const { key, scopes, instances } = identity;
  return { key, rights: JSON.stringify([[...scopes].sort(), instances && [...new Set(instances)].sort()]) };
}
