export interface KnownContacts {
  readonly tasks: readonly string[];
  readonly chain: string | null;
}
export const NOTHING_KNOWN: KnownContacts;
export function withCreated(known: KnownContacts, result: { readonly data?: object | null }): KnownContacts;
