import { describe, expect, it } from '@jest/globals';
import { RATES, type Rate } from '../../../src/connect/rates.js';
import { roomsOf } from '../../../src/policies/around-call/bulkhead.js';
import { groupOf } from '../../../src/policies/groups.js';

const contacts = groupOf('DescribeContact');

describe('The room of a group', () => {
  it('holds what the usual rates keep busy for 4 s, and never fewer than 50 calls', () => {
    const ofContacts = Object.entries(RATES).filter(([name]) => groupOf(name as keyof typeof RATES) === contacts);
    const perSecond = ofContacts.reduce((sum, [, rate]) => sum + rate.perSecond, 0);
    const rooms = roomsOf(RATES);
    expect(rooms.get(contacts)).toBe(Math.max(50, Math.ceil(perSecond * 4)));
    for (const room of rooms.values()) expect(room).toBeGreaterThanOrEqual(50);
  });

  it('grows with rates that were raised, up to 1,000', () => {
    const raised = (rate: Rate) => roomsOf({ ...RATES, DescribeContact: rate }).get(contacts) ?? 0;
    expect(raised({ perSecond: 100, burst: 100 }) - raised({ perSecond: 50, burst: 100 })).toBe(200);
    expect(raised({ perSecond: 100_000, burst: 1 })).toBe(1_000);
  });
});
