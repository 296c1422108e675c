/**
 * The browser's storage under a prefix of our own: pages of other projects served from the same host and port during
 * development keep GraphiQL's tabs there too, and one would open with the tabs of the other.
 *
 * @param {string} prefix
 * @returns {Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear' | 'length'> | null} null where the browser
 * denies storage: the page works, but forgets
 */
export function prefixedStorage(prefix) {
  let store;
  try {
    store = window.localStorage;
  } catch {
    return null;
  }
  const keys = () => Object.keys(store).filter((key) => key.startsWith(prefix));
  return {
    getItem: (key) => store.getItem(prefix + key),
    setItem: (key, value) => store.setItem(prefix + key, withoutHeaders(key, value)),
    removeItem: (key) => store.removeItem(prefix + key),
    clear() {
      for (const key of keys()) store.removeItem(key);
    },
    get length() {
      return keys().length;
    },
  };
}

/** GraphiQL's history and favourites keep the headers that an operation was sent with: a token must not stay there. */
function withoutHeaders(key, value) {
  if (!/:(queries|favorites)$/.test(key)) return value;
  return JSON.stringify(JSON.parse(value), (name, member) => (name === 'headers' ? undefined : member));
}
