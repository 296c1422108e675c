import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Sha256 } from '../../../src/aws/transport/sha256.js';

const DATA = new TextEncoder().encode('täglich');
const BYTES = new TextEncoder().encode('secret');

describe('The digest for signatures', () => {
  it.each([
    ['without a secret', undefined, createHash('sha256')],
    ['with a text', 'secret', createHmac('sha256', 'secret')],
    ['with bytes', BYTES, createHmac('sha256', 'secret')],
    ['with the same bytes again', BYTES, createHmac('sha256', 'secret')],
    ['with other bytes', BYTES.slice(1), createHmac('sha256', 'ecret')],
    ['with a buffer', BYTES.buffer, createHmac('sha256', 'secret')],
  ])('%s is what Node makes of it, from the beginning after a reset', async (_, secret, expected) => {
    const digest = new Sha256(secret);
    digest.update(DATA);
    digest.reset();
    digest.update(DATA.subarray(0, 3));
    digest.update(DATA.subarray(3));
    expect(Buffer.from(await digest.digest())).toEqual(expected.update(DATA).digest());
  });
});
