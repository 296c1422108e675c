import { describe, expect, it } from '@jest/globals';
import { subjectOf } from '../../web/chain/subject.js';
import { type ChainContact, type ChainNode, treeOf } from '../../web/chain/tree.js';

describe('The chain that is drawn', () => {
  it.each([
    ['a created task', { createTaskContact: { contact: { id: 'a' }, errors: [] } }],
    ['a change', { connectContactChanged: { contact: { id: 'a' } } }],
    ['a contact', { connectContact: { id: 'a' } }],
    ['a chain', { connectContactChain: { id: 'a' } }],
    ['the chain of new attributes', { updateConnectSharedAttributes: { chain: { id: 'a' } } }],
    ['the first contact of several', { connectContacts: [null, { id: 'a' }, { id: 'b' }] }],
    ['the first contact that was found', { searchConnectContacts: { nodes: [{ id: 'a' }] } }],
  ])('is that of %s', (_what, data) => {
    expect(subjectOf({ data })).toBe('a');
  });

  it('is none if the result has no contact', () => {
    for (const data of [null, {}, { connectContactFlows: { nodes: [{ id: 'a' }] } }, { connectContact: null }]) {
      expect(subjectOf({ data })).toBeNull();
    }
    expect(subjectOf(undefined)).toBeNull();
  });

  it('is a tree by the links of its contacts, in their order', () => {
    const contact = (id: string, previous?: string) => ({ id, previousContact: previous ? { id: previous } : null });
    const shape = (nodes: readonly ChainNode<ChainContact>[]): unknown =>
      nodes.map((node) => [node.contact.id, shape(node.children)]);
    const contacts = [
      contact('a'),
      contact('b', 'a'),
      null,
      contact('c', 'a'),
      contact('d', 'b'),
      contact('e', 'unread'),
    ];
    expect(shape(treeOf(contacts))).toEqual([
      [
        'a',
        [
          ['b', [['d', []]]],
          ['c', []],
        ],
      ],
      ['e', []],
    ]);
  });
});
