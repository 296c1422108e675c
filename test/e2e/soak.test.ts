import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../support/process.js';
import { slopeOf, soakBodies, startSoakedGateway } from '../support/soak.js';

const CALLERS = 4;
/** Rounds of all ready operations, after which what is bounded is nearly full: documents, connections, compiled code. */
const WARM_UP = 90;
const LOOKS = 6;
const ROUNDS_A_LOOK = 12;

/**
 * Bytes that the heap may grow by for each request. What still fills after the warm-up takes some 60, whatever the machine
 * does beside it, since requests are counted rather than timed; the smallest object that belongs to a request, the options of
 * its calls, takes 240 more where it is kept, a context or an answer thousands.
 */
const MAY_GROW = 300;

describe('Memory', () => {
  it('stays flat under requests of all kinds', async () => {
    await using folder = await temporaryFolder();
    const gateway = await startSoakedGateway({ DATABASE_URL: `file:${join(folder.path, 'connect.db')}` });
    try {
      const bodies = soakBodies();
      let sent = 0;
      const send = async (rounds: number) => {
        const queue = Array.from({ length: rounds }, () => bodies).flat();
        sent += queue.length;
        const call = async () => {
          for (let body = queue.pop(); body !== undefined; body = queue.pop()) {
            const headers = { 'content-type': 'application/json' };
            const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body });
            expect([response.status, await response.text()]).toEqual([200, expect.stringMatching(/^\{"data":/)]);
          }
        };
        await Promise.all(Array.from({ length: CALLERS }, call));
      };
      await send(WARM_UP);
      const seen: [sent: number, heap: number][] = [];
      for (let look = 0; look < LOOKS; look++) {
        await send(ROUNDS_A_LOOK);
        const { heap } = await gateway.memory();
        seen.push([sent, heap]);
      }
      expect(slopeOf(seen)).toBeLessThan(MAY_GROW);
    } finally {
      await gateway.stop();
    }
  }, 120_000);
});
