/**
 * Loaded into a gateway's process by --import, beside --expose-gc: on SIGUSR2 it collects all garbage by force and reports on
 * standard output what is left, each time with the next number.
 */
import { setImmediate } from 'node:timers/promises';

let asked = 0;
process.on('SIGUSR2', async () => {
  // What a finalizer lets go of is collected the next time.
  for (let times = 0; times < 3; times++) {
    globalThis.gc();
    await setImmediate();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  asked += 1;
  process.stdout.write(`memory ${asked}: ${JSON.stringify({ heap: heapUsed + external, rss })}\n`);
});
