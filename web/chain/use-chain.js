import { useEffect, useState } from 'react';
import { follow, send } from '../explorer.js';

const CHAIN = `id linkedTaskCount linkedTaskLimit remaining attributeBytes attributeBytesLimit
  sharedAttributes { key value }
  contacts { id channel name state initiatedAt previousContact { id } }`;

const READ = `query ChainPicture($contactId: ID!) { connectContactChain(contactId: $contactId) { ${CHAIN} } }`;

const FOLLOW = `subscription FollowChainPicture($contactId: ID!) {
  connectContactChanged(of: { chainOf: $contactId }) { contact { chain { ${CHAIN} } } }
}`;

/**
 * Reads the chain of a contact, and again after each change.
 *
 * @param {string | null} contactId null: nothing is read
 * @returns {{ chain: object | null, isLive: boolean, problem: string | null }} the last chain stays until the next one came
 */
export function useChain(contactId) {
  const [state, setState] = useState({ chain: null, isLive: false, problem: null });
  useEffect(() => {
    if (contactId === null) return undefined;
    let isCurrent = true;
    const update = (change) => isCurrent && setState((before) => ({ ...before, ...change }));
    const show = (chain, { errors = [] }) =>
      update(chain ? { chain, problem: null } : { problem: errors[0]?.message ?? 'The chain does not exist.' });
    const variables = { contactId };
    // The stream begins first, so that no change falls between it and the read.
    const { unsubscribe } = follow({ query: FOLLOW, operationName: 'FollowChainPicture', variables }).subscribe({
      next(result) {
        show(result.data?.connectContactChanged?.contact?.chain, result);
      },
      error: () => update({ isLive: false }),
      complete: () => update({ isLive: false }),
    });
    update({ isLive: true });
    send({ query: READ, operationName: 'ChainPicture', variables }).then(
      (result) => show(result.data?.connectContactChain, result),
      () => update({ problem: 'The gateway cannot be reached.' }),
    );
    return () => {
      isCurrent = false;
      unsubscribe();
    };
  }, [contactId]);
  return state;
}
