import type { UpdateContactAttributesRequest } from '../../connect/lifecycle.js';
import { ATTRIBUTE_BYTES } from '../../connect/limits.js';
import { checkContactRequest } from '../../validation/requests/lifecycle.js';
import { attributeBytes, attributesBytes } from '../../validation/rules/attributes.js';
import { databaseFault } from '../faults.js';
import { mergeAttributes, writeAttributes } from './attributes.js';
import { findContact, keyIn, keysOfContact } from './found.js';
import { done, invalidParameter, type Operation, refuse } from './operation.js';

/** Merges attributes into the set that the contact's chain shares, even after the contact's end. */
export const updateContactAttributes: Operation<UpdateContactAttributesRequest, void> = {
  name: 'UpdateContactAttributes',
  check: checkContactRequest,
  keysOf: keysOfContact,
  sizeOf: ({ attributes }) => 256 + attributes.reduce((size, { key, value }) => size + key.length + value.length, 0),
  decide({ state }, request) {
    const found = findContact(state, request);
    if (found instanceof Error) return refuse(found);
    const { contact } = found;
    const chain = state.chain(keyIn(request, contact.chainId));
    // A missing chain is a fault, because every contact is stored with its chain.
    if (chain === undefined) return refuse(databaseFault());
    const attributes = mergeAttributes(chain.attributes, request.attributes);
    const bytes = attributeBytes(attributes);
    if (bytes > ATTRIBUTE_BYTES) {
      return refuse(
        invalidParameter(attributesBytes, ['attributes'], `${bytes} bytes, together with those of the chain`),
      );
    }
    return done(
      { kind: 'chain-changed', chain: { ...chain, attributes: writeAttributes(attributes), attributeBytes: bytes } },
      { kind: 'contact-changed', contact: { ...contact, updatedAt: state.now } },
    );
  },
};
