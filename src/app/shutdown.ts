/** Time beyond DRAIN_TIMEOUT_MS, in milliseconds, that the database and the traces have to be closed. */
const CLOSING_MS = 2_000;

/**
 * Lets a running program answer what it accepted, and end, on SIGTERM or SIGINT. Whatever holds it up beyond its time
 * does not keep the process: what was answered is stored, and what was not is in nobody's hands any more.
 *
 * @param milliseconds how long answering may take
 */
export function drainOnSignal(program: string, running: { close(): Promise<void> }, milliseconds: number): void {
  const drain = (signal: string) => {
    process.stdout.write(`${signal}: answering what was accepted, then ending.\n`);
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

/** Says why a program did not start. Whoever started it reads this: the message says what to do, a stack would hide it. */
export function tellFailedStart(program: string, error: unknown): void {
  console.error(`The ${program} did not start.\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
