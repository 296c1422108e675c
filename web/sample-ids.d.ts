import type { KnownContacts } from './known-contacts.js';
export const TASK_PLACEHOLDER: string;
export const NEEDED_ACTIONS: Readonly<Record<string, string>>;
export function withKnownIds(
  operation: { readonly title: string; readonly variables: string },
  known: KnownContacts,
): string;
