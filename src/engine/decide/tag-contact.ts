import type { Tag } from '../../connect/contact.js';
import type { ContactRequest, TagContactRequest, UntagContactRequest } from '../../connect/lifecycle.js';
import { CONTACT_TAGS } from '../../connect/limits.js';
import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import type { RuleFacts } from '../../connect/violation.js';
import type { ContactRow } from '../store/tables.js';
import { findContact, keysOfContact } from './found.js';
import { type Circumstances, type Decision, done, invalidRequest, type Operation, refuse } from './operation.js';

/** Limits the tags of a contact. Decision: the limit counts all tags of the contact. */
export const tagsOfContact: RuleFacts = {
  id: 'engine/tags-of-contact',
  limit: `at most ${CONTACT_TAGS} tags on a contact`,
  source: 'Amazon Connect service quotas: tags of a contact',
};

/** Adds tags to a contact. A tag with an existing key replaces its value. */
export const tagContact: Operation<TagContactRequest, void> = {
  name: 'TagContact',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: () => 2048,
  decide: (circumstances, request) =>
    change(circumstances, request, (tags) => {
      const byKey = new Map(tags.map((tag) => [tag.key, tag]));
      for (const { key, value } of request.tags) byKey.set(key, { key, value });
      return [...byKey.values()];
    }),
};

/** Removes tags from a contact. Keys that it does not have are ignored. */
export const untagContact: Operation<UntagContactRequest, void> = {
  name: 'UntagContact',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: () => 1024,
  decide: (circumstances, request) =>
    change(circumstances, request, (tags) => tags.filter(({ key }) => !request.keys.includes(key))),
};

/** Parses the stored tags of a contact. */
export function readTags(row: ContactRow): readonly Tag[] {
  return row.tags === null ? [] : (JSON.parse(row.tags) as readonly Tag[]);
}

function change(
  { state }: Circumstances,
  request: ContactRequest,
  changed: (tags: readonly Tag[]) => readonly Tag[],
): Decision<void> {
  const found = findContact(state, request);
  if (found instanceof Error) return refuse(found);
  const tags = changed(readTags(found.contact));
  if (tags.length > CONTACT_TAGS) return refuse(invalidRequest(tagsOfContact, ['tags'], `${tags.length} tags`));
  return done({
    kind: 'contact-changed',
    contact: { ...found.contact, tags: tags.length === 0 ? null : JSON.stringify(tags), updatedAt: state.now },
  });
}
