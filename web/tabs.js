import { titleOf } from './operation-text.js';
import { isResolvedFrom, renewTimes, resolveRelativeTimes } from './relative-times.js';

/**
 * @typedef {{ name: string, query: string, variables: string }} ReadyTab
 * @typedef {{ query: string | null, variables: string | null }} Tab
 * @typedef {{ tabs: Tab[], activeTabIndex: number }} TabState what GraphiQL keeps of its tabs
 */

/**
 * Decides which tabs the page opens with: at first a few of the tour; later those that the user left, with fresh times in
 * ready variables that were not edited.
 *
 * @param {object} input
 * @param {TabState | null} input.stored the tabs of the last visit; null: there was none
 * @param {ReadyTab[]} input.first the tabs of the first visit
 * @param {ReadyTab[]} input.ready all operations of the tour
 * @param {Date} [input.now] default: the present
 * @returns {TabState}
 */
export function openTabs({ stored, first, ready, now = new Date() }) {
  if (!stored?.tabs?.length) return { tabs: first.map((tab) => fromReady(tab, now)), activeTabIndex: 0 };
  const tabs = stored.tabs.map((tab) => withFreshTimes(tab, ready, now));
  return { tabs, activeTabIndex: Math.min(Math.max(stored.activeTabIndex ?? 0, 0), tabs.length - 1) };
}

/** A tab as GraphiQL stores it. Without its members for titles and ids GraphiQL would discard the whole state. */
function fromReady({ name, query, variables }, now) {
  const title = titleOf(query) ?? name;
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
  return source ? { ...tab, variables: renewTimes(tab.variables, source.variables, now) } : tab;
}
