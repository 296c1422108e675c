/** How long one turn of the event loop may go on with waiting work before it lets others in, in milliseconds. */
const TURN_MS = 10;

/** When the work of this turn began; undefined if nothing has waited for it. */
let began: number | undefined;

/** Work that came when its turn was over, in order. */
const late: (() => void)[] = [];

/**
 * Resolves at one of the next turns of the event loop, after the callbacks that are due. Work that takes long is spread:
 * what waits behind 10 ms of it goes on at later turns, one piece at each, and requests that arrive are read in between.
 */
export function loopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(() => {
      if (began === undefined) beginTurn();
      if (late.length === 0 && performance.now() - (began as number) < TURN_MS) resolve();
      else late.push(resolve);
    });
  });
}

function beginTurn(): void {
  began = performance.now();
  setImmediate(nextTurn);
}

function nextTurn(): void {
  const first = late.shift();
  began = undefined;
  if (first === undefined) return;
  beginTurn();
  first();
}
