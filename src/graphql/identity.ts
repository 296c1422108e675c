import type { Caller } from '../connect/call.js';

/** The scopes of the gateway. */
export const SCOPES = ['tasks:read', 'tasks:create', 'tasks:write', 'jobs:create', 'jobs:read', 'jobs:admin'] as const;

/** One of {@link SCOPES}. Other scopes of a token have no effect. */
export type Scope = (typeof SCOPES)[number];

/** The identity of an authenticated caller, from a verified token. */
export interface Identity {
  /** A hash of issuer, subject and client. */
  readonly key: string;
  readonly subject: string | undefined;
  /** The application that the token was issued to. */
  readonly clientId: string | undefined;
  readonly scopes: ReadonlySet<Scope>;
  /** Instances that the caller may use, by id or alias. Undefined: all that are served. */
  readonly instances: readonly string[] | undefined;
  /** When it is no longer valid, in milliseconds since the epoch. Default: it is valid for the whole connection. */
  readonly expiresAt?: number;
}

/** Converts the identity to the port's caller. Without authentication a caller is its address, and all have equal rights. */
export function callerOf(identity: Identity | undefined, address: string): Caller {
  if (identity === undefined) return { key: address, rights: '' };
  const { key, scopes, instances } = identity;
  return { key, rights: JSON.stringify([[...scopes].sort(), instances && [...new Set(instances)].sort()]) };
}
