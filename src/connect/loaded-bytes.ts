import type { Attribute, Contact, ContactSummary } from './contact.js';

/** What an object takes in memory beside its texts, in bytes. */
const OBJECT_BYTES = 40;

/** Estimates the memory that the attributes of a chain take, in bytes. */
export function bytesOfAttributes(attributes: readonly Attribute[]): number {
  return bytesOfTexts(attributes, ({ key, value }) => key.length + value.length);
}

/** Estimates the memory that a contact takes, in bytes: its texts of any length, and its lists. */
export function bytesOfContact(contact: Contact | ContactSummary): number {
  if (!('state' in contact)) return OBJECT_BYTES;
  const { description, references, tags } = contact;
  return (
    OBJECT_BYTES +
    (description?.length ?? 0) +
    (references ? bytesOfTexts(references, ({ name, value }) => name.length + value.length) : 0) +
    (tags ? bytesOfTexts(tags, ({ key, value }) => key.length + value.length) : 0)
  );
}

/** Estimates the memory that contacts take, in bytes. */
export function bytesOfContacts(contacts: readonly (Contact | ContactSummary)[]): number {
  let bytes = 0;
  for (const contact of contacts) bytes += bytesOfContact(contact);
  return bytes;
}

function bytesOfTexts<Item>(items: readonly Item[], lengthOf: (item: Item) => number): number {
  let bytes = items.length * OBJECT_BYTES;
  for (const item of items) bytes += lengthOf(item);
  return bytes;
}
