import { describe, expect, it } from '@jest/globals';
import { openTabs } from '../../web/tabs.js';

const now = new Date('2026-03-01T12:00:00Z');
const ready = [
  { name: 'create-task', query: '# mutation Comment\nmutation CreateTask { a }', variables: '{ "name": "x" }' },
  { name: 'schedule-task', query: 'mutation ScheduleTask { a }', variables: '{ "at": "{{now+2h}}" }' },
];
const first = ready.slice(0, 1);

describe('openTabs', () => {
  it('opens the first tabs at the first visit, with times counted from now', () => {
    expect(openTabs({ stored: null, first: ready, ready, now })).toEqual({
      activeTabIndex: 0,
      tabs: [
        expect.objectContaining({ title: 'CreateTask', query: ready[0]?.query, variables: '{ "name": "x" }' }),
        expect.objectContaining({ title: 'ScheduleTask', variables: '{ "at": "2026-03-01T14:00:00Z" }' }),
      ],
    });
  });

  it('opens the first tabs if the last visit left none', () => {
    expect(openTabs({ stored: { tabs: [], activeTabIndex: 0 }, first, ready, now }).tabs).toHaveLength(1);
  });

  it('opens the tabs of the last visit as they were left', () => {
    const stored = { tabs: [{ query: '{ mine }', variables: null }], activeTabIndex: 0 };
    expect(openTabs({ stored, first, ready, now })).toEqual(stored);
  });

  it('renews a time that lies in the past since the last visit', () => {
    const stored = { tabs: [{ query: 'edited', variables: '{ "at": "2026-02-01T09:00:00Z" }' }], activeTabIndex: 0 };
    expect(openTabs({ stored, first, ready, now }).tabs).toEqual([
      { query: 'edited', variables: '{ "at": "2026-03-01T14:00:00Z" }' },
    ]);
  });

  it('leaves a time alone in variables that were edited', () => {
    const variables = '{ "at": "2026-02-01T09:00:00Z", "mine": true }';
    const stored = { tabs: [{ query: ready[1]?.query ?? '', variables }], activeTabIndex: 0 };
    expect(openTabs({ stored, first, ready, now })).toEqual(stored);
  });

  it('renews the time beside an id that was filled in', () => {
    const id = (text: string) => `{ "id": "${text}", "at": "{{now+2h}}" }`;
    const template = { name: 'reschedule', query: '', variables: id('the id of a task') };
    const variables = id('019abcde-0000-7000-8000-00000000000a').replace('{{now+2h}}', '2026-02-01T09:00:00Z');
    const stored = { tabs: [{ query: '', variables }], activeTabIndex: 0 };
    expect(openTabs({ stored, first, ready: [template], now }).tabs[0]?.variables).toBe(
      variables.replace('2026-02-01T09:00:00Z', '2026-03-01T14:00:00Z'),
    );
  });

  it('keeps the place of the active tab within the tabs that there are', () => {
    const tabs = [{ query: '{ mine }', variables: null }];
    for (const activeTabIndex of [-1, 7]) {
      expect(openTabs({ stored: { tabs, activeTabIndex }, first, ready, now }).activeTabIndex).toBe(0);
    }
  });
});
