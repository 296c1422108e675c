/** Returns the contact or chain that a root field is about. */
const FOUND_IN = {
  connectContact: (value) => value,
  connectContactChain: (value) => value,
  connectContacts: (value) => value?.find(Boolean),
  searchConnectContacts: (value) => value?.nodes?.find(Boolean),
};

/**
 * Finds the contact that a result is about: its chain is drawn.
 *
 * @param {{ data?: object | null } | undefined} result
 * @returns {string | null} the id of a contact; the first one if there are several
 */
export function subjectOf(result) {
  for (const [field, value] of Object.entries(result?.data ?? {})) {
    const found = FOUND_IN[field] ? FOUND_IN[field](value) : (value?.contact ?? value?.chain);
    if (typeof found?.id === 'string') return found.id;
  }
  return null;
}
