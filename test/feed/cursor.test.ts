import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BadCursorError } from '../../src/feed/contact-feed.js';
import { readCursor, toCursor } from '../../src/feed/cursor.js';

describe('A cursor of changes', () => {
  it('returns the place that it was made of', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.uuid(), fc.maxSafeNat(), (log, instanceId, id) => {
        expect(readCursor(toCursor({ log, instanceId, id }))).toEqual({ log, instanceId, id });
      }),
    );
  });

  it('is refused where it is none', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json().map((text) => Buffer.from(text).toString('base64url')),
        ),
        (text) => {
          expect(() => readCursor(text)).toThrow(BadCursorError);
        },
      ),
    );
    for (const parts of [[], ['a', 'b', -1], ['a', 'b', 1.5], ['a', 'b', 1, 2], ['a', 'b', '1'], [1, 'b', 1]]) {
      expect(() => readCursor(Buffer.from(JSON.stringify(parts)).toString('base64url'))).toThrow(BadCursorError);
    }
    expect(() => readCursor('a'.repeat(501))).toThrow(BadCursorError);
  });
});
