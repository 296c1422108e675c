/** What a caller may be allowed. */
export const SCOPES = ['tasks:read', 'tasks:create', 'tasks:write'] as const;

/** One of the scopes that the gateway knows; a token may have others, which say nothing here. */
export type Scope = (typeof SCOPES)[number];
