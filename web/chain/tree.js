/**
 * @typedef {{ id: string, previousContact: { id: string } | null }} Contact
 * @typedef {{ contact: Contact, children: Node[] }} Node
 */

/**
 * Arranges the contacts of a chain by their links. Their order stays.
 *
 * @param {readonly (Contact | null)[]} contacts a contact that could not be read is null and left out
 * @returns {Node[]} the contacts whose previous one is not among them, with those that follow
 */
export function treeOf(contacts) {
  const nodes = new Map(contacts.filter(Boolean).map((contact) => [contact.id, { contact, children: [] }]));
  const roots = [];
  for (const node of nodes.values()) {
    const previous = nodes.get(node.contact.previousContact?.id);
    (previous?.children ?? roots).push(node);
  }
  return roots;
}
