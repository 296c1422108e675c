import type { KnownContacts } from './known-contacts.js';
export interface Operation {
  readonly operationName?: string;
  readonly query?: string;
  readonly variables?: object;
}
export function taskFor(
  operation: Operation,
  tools: {
    readonly known: KnownContacts;
    readonly send: (operation: Operation) => Promise<{ readonly data?: object | null }>;
    readonly ready: (name: string) => Operation;
  },
): Promise<string | undefined>;
