import { isResolvedFrom, resolveRelativeTimes } from './relative-times.js';

/**
 * @typedef {{ name: string, query: string, variables: string }} ReadyTab
 * @typedef {{ query: string | null, variables: string | null }} Tab
 * @typedef {{ tabs: Tab[], activeTabIndex: number }} TabState what GraphiQL keeps of its tabs
 */

/**
 * Decides which tabs the page opens with: all ready ones at first; later those that the user left, with fresh times in
 * ready variables that were not edited, and with the ready tabs that a newer gateway has brought.
 *
 * @param {object} input
 * @param {TabState | null} input.stored the tabs of the last visit; null: there was none
 * @param {string[]} input.seen names of the ready tabs that earlier visits showed: a closed one does not come back
 * @param {ReadyTab[]} input.ready
 * @param {Date} [input.now]
 * @returns {TabState}
 */
export function openTabs({ stored, seen, ready, now = new Date() }) {
  if (!stored?.tabs?.length) return { tabs: ready.map((tab) => fromReady(tab, now)), activeTabIndex: 0 };
  const kept = stored.tabs.map((tab) => withFreshTimes(tab, ready, now));
  const added = ready.filter(({ name }) => !seen.includes(name)).map((tab) => fromReady(tab, now));
  const last = kept.length - 1;
  return { tabs: [...kept, ...added], activeTabIndex: Math.min(Math.max(stored.activeTabIndex ?? 0, 0), last) };
}

/** A tab as GraphiQL stores it. Without its members for titles and ids GraphiQL would discard the whole state. */
function fromReady({ name, query, variables }, now) {
  const title = /^(?:query|mutation|subscription) (\w+)/m.exec(query)?.[1] ?? name;
  return {
    id: name,
    title,
    query,
    variables: resolveRelativeTimes(variables, now),
    headers: null,
    operationName: title,
    response: null,
  };
}

function withFreshTimes(tab, ready, now) {
  const source = ready.find(({ variables }) => tab.variables && isResolvedFrom(tab.variables, variables));
  return source ? { ...tab, variables: resolveRelativeTimes(source.variables, now) } : tab;
}
