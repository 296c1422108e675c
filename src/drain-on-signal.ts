/** Lets a running program answer what it accepted, and end, on SIGTERM or SIGINT. */
export function drainOnSignal(program: string, running: { close(): Promise<void> }): void {
  const drain = (signal: string) => {
    process.stdout.write(`${signal}: answering what was accepted, then ending.\n`);
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
