import type { Answers } from '../../connect/connect.js';
import type { Attribute } from '../../connect/contact.js';
import { TooLargeError } from '../../connect/errors.js';
import { bytesOfAttributes } from '../../connect/loaded-bytes.js';
import { loopTurn } from '../../util/loop-turn.js';
import { readAttributes } from '../decide/attributes.js';

/** Length of a stored text, in UTF-16 units, whose parsing takes a good part of a millisecond. */
const LONG_TEXT = 16_384;

/**
 * Parses the stored attributes of several contacts, long ones in turns of the event loop. A set has up to 32,768 entries,
 * as many objects, so those beyond the caller's room are not parsed.
 *
 * @param maxBytes room of the caller, by bytesOfAttributes. The set that exceeds it is the last one. Default: any
 */
export async function parseAttributes(
  stored: Answers<string>,
  maxBytes = Number.POSITIVE_INFINITY,
): Promise<Answers<readonly Attribute[]>> {
  let bytes = 0;
  const parsed: Answers<readonly Attribute[]>[number][] = [];
  for (const text of stored) {
    if (typeof text !== 'string') parsed.push(text);
    else if (bytes > maxBytes) parsed.push(TooLargeError.ofRead(maxBytes));
    else {
      if (text.length > LONG_TEXT) await loopTurn();
      const attributes = readAttributes(text);
      bytes += bytesOfAttributes(attributes);
      parsed.push(attributes);
    }
  }
  return parsed;
}
