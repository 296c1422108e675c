export interface ChainContact {
  readonly id: string;
  readonly previousContact: { readonly id: string } | null;
}
export interface ChainNode<Contact extends ChainContact> {
  readonly contact: Contact;
  readonly children: readonly ChainNode<Contact>[];
}
export function treeOf<Contact extends ChainContact>(contacts: readonly (Contact | null)[]): ChainNode<Contact>[];
