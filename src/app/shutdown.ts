/** Time to close the database and the traces after DRAIN_TIMEOUT_MS, in milliseconds. */
const CLOSING_MS = 2_000;

/**
 * Ends a running program on SIGTERM or SIGINT, after it has answered the requests it accepted. The process exits when
 * the time is over, even if something still holds it: everything that was answered is stored.
 *
 * @param milliseconds time for the answers
 */
export function drainOnSignal(program: string, running: { close(): Promise<void> }, milliseconds: number): void {
  const drain = (signal: string) => {
    process.stdout.write(`${signal}: answering the accepted requests, then ending.\n`);
    setTimeout(() => {
      console.error(`The ${program} did not end in time.`);
      process.exit(1);
    }, milliseconds + CLOSING_MS).unref();
    running.close().catch((error: unknown) => {
      console.error(`The ${program} did not end cleanly.`, error);
      process.exitCode = 1;
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, drain);
}

/** Errors of the language: no setting causes them, the program does. */
const FAULTS = [TypeError, ReferenceError, RangeError, SyntaxError];

/**
 * Reports why a program did not start, and sets exit code 1. The message says what to do; a stack trace is added to
 * faults of the program alone.
 */
export function reportFailedStart(program: string, error: unknown): void {
  const isFault = !(error instanceof Error) || FAULTS.some((each) => error instanceof each);
  console.error(`The ${program} did not start.`);
  console.error(isFault ? 'This is a fault of the program. Report it with these lines:' : error.message);
  if (isFault) console.error(error);
  process.exitCode = 1;
}
