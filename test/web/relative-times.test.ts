import { describe, expect, it } from '@jest/globals';
import { isResolvedFrom, resolveRelativeTimes } from '../../web/relative-times.js';

const now = new Date('2026-02-28T23:30:15.987Z');

describe('resolveRelativeTimes', () => {
  it.each([
    ['{{now}}', '2026-02-28T23:30:15Z'],
    ['{{now+45s}}', '2026-02-28T23:31:00Z'],
    ['{{now-30m}}', '2026-02-28T23:00:15Z'],
    ['{{now+2h}}', '2026-03-01T01:30:15Z'],
    ['{{now+10d}}', '2026-03-10T23:30:15Z'],
  ])('replaces %s by %s', (placeholder, time) => {
    expect(resolveRelativeTimes(`{ "at": "${placeholder}" }`, now)).toBe(`{ "at": "${time}" }`);
  });

  it('replaces each placeholder of a text and leaves the rest alone', () => {
    expect(resolveRelativeTimes('a {{now}} {{now+1y}} {{later}} {{now+1d}}', now)).toBe(
      'a 2026-02-28T23:30:15Z {{now+1y}} {{later}} 2026-03-01T23:30:15Z',
    );
  });

  it('counts from the present when no instant is given', () => {
    const time = Date.parse(resolveRelativeTimes('{{now+1h}}'));
    expect(Math.abs(time - Date.now() - 3_600_000)).toBeLessThan(60_000);
  });
});

describe('isResolvedFrom', () => {
  const template = '{ "name": "x", "at": "{{now+2h}}" }';

  it('knows a text of its template, whenever that was resolved', () => {
    expect(isResolvedFrom(resolveRelativeTimes(template, now), template)).toBe(true);
  });

  it('distinguishes an edited text from its template', () => {
    expect(isResolvedFrom('{ "name": "y", "at": "2026-03-01T01:30:15Z" }', template)).toBe(false);
    expect(isResolvedFrom('{ "name": "x", "at": "tomorrow" }', template)).toBe(false);
  });
});
