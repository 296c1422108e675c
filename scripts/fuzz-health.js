/**
 * A worker that asks a gateway for its health every 20 ms, so that nothing but the gateway delays an answer. On its first
 * message it ends after the check in progress, and posts the milliseconds of the slowest one.
 */
import { setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

let isOver = false;
parentPort.once('message', () => {
  isOver = true;
});
let slowest = 0;
do {
  const began = performance.now();
  await (await fetch(`${workerData}/health/live`)).text();
  slowest = Math.max(slowest, performance.now() - began);
  await setTimeout(20);
} while (!isOver);
parentPort.postMessage(slowest);
