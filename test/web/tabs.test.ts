import { describe, expect, it } from '@jest/globals';
import { openTabs } from '../../web/tabs.js';

const now = new Date('2026-03-01T12:00:00Z');
const ready = [
  { name: 'create-task', query: '# mutation Comment\nmutation CreateTask { a }', variables: '{ "name": "x" }' },
  { name: 'schedule-task', query: 'mutation ScheduleTask { a }', variables: '{ "at": "{{now+2h}}" }' },
];
const names = ready.map(({ name }) => name);

describe('openTabs', () => {
  it('opens all ready tabs at the first visit, with times counted from now', () => {
    const { tabs, activeTabIndex } = openTabs({ stored: null, seen: [], ready, now });
    expect(activeTabIndex).toBe(0);
    expect(tabs).toEqual([
      expect.objectContaining({ title: 'CreateTask', query: ready[0]?.query, variables: '{ "name": "x" }' }),
      expect.objectContaining({ title: 'ScheduleTask', variables: '{ "at": "2026-03-01T14:00:00Z" }' }),
    ]);
  });

  it('opens all ready tabs when what was stored holds none', () => {
    expect(openTabs({ stored: { tabs: [], activeTabIndex: 0 }, seen: names, ready, now }).tabs).toHaveLength(2);
  });

  it('opens the tabs of the last visit as they were left', () => {
    const stored = { tabs: [{ query: '{ mine }', variables: null }], activeTabIndex: 0 };
    expect(openTabs({ stored, seen: names, ready, now })).toEqual(stored);
  });

  it('renews a time that lies in the past since the last visit', () => {
    const stored = { tabs: [{ query: 'edited', variables: '{ "at": "2026-02-01T09:00:00Z" }' }], activeTabIndex: 0 };
    expect(openTabs({ stored, seen: names, ready, now }).tabs).toEqual([
      { query: 'edited', variables: '{ "at": "2026-03-01T14:00:00Z" }' },
    ]);
  });

  it('leaves a time alone in variables that were edited', () => {
    const variables = '{ "at": "2026-02-01T09:00:00Z", "mine": true }';
    const stored = { tabs: [{ query: ready[1]?.query ?? '', variables }], activeTabIndex: 0 };
    expect(openTabs({ stored, seen: names, ready, now })).toEqual(stored);
  });

  it('adds a ready tab that a newer gateway has brought, once', () => {
    const stored = { tabs: [{ query: '{ mine }', variables: null }], activeTabIndex: 0 };
    const opened = openTabs({ stored, seen: ['create-task'], ready, now });
    expect(opened.tabs).toEqual([stored.tabs[0], expect.objectContaining({ title: 'ScheduleTask' })]);
    expect(opened.activeTabIndex).toBe(0);
  });

  it('keeps the place of the active tab within the tabs that there are', () => {
    const tabs = [{ query: '{ mine }', variables: null }];
    for (const activeTabIndex of [-1, 7]) {
      expect(openTabs({ stored: { tabs, activeTabIndex }, seen: names, ready, now }).activeTabIndex).toBe(0);
    }
  });
});
