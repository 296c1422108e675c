import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TooLargeError } from '../../../src/connect/errors.js';
import { bytesOfAttributes } from '../../../src/connect/loaded-bytes.js';
import { parseAttributes } from '../../../src/engine/reads/parse-attributes.js';
import { readAttributes, writeAttributes } from '../../../src/engine/decide/attributes.js';

const attributes = fc.uniqueArray(fc.record({ key: fc.string(), value: fc.string() }), { selector: ({ key }) => key });

describe('Stored attributes', () => {
  it('are parsed until their bytes exceed the room of the caller, and no set after that', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constant(null), attributes.map(writeAttributes))),
        fc.nat(2_000),
        async (stored, room) => {
          const parsed = await parseAttributes(stored, room);
          let bytes = 0;
          stored.forEach((text, index) => {
            if (text === null) expect(parsed[index]).toBeNull();
            else if (bytes > room) expect(parsed[index]).toBeInstanceOf(TooLargeError);
            else {
              expect(parsed[index]).toEqual(readAttributes(text));
              bytes += bytesOfAttributes(readAttributes(text));
            }
          });
        },
      ),
    );
  });
});
