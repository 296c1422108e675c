import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { createLogger } from '../telemetry/log.js';
import { alwaysLogged } from './announce.js';

/** Time to close the database and the traces after DRAIN_TIMEOUT_MS, in milliseconds. */
const CLOSING_MS = 2_000;

/**
 * Ends a running program on SIGTERM or SIGINT, after it has answered the requests it accepted. The process exits when
 * the time is over, even if something still holds it: everything that was answered is stored.
 *
 * @param milliseconds time for the answers
 */
export function drainOnSignal(
  program: string,
  running: { close(): Promise<void> },
  milliseconds: number,
  logger: Logger,
): void {
  const log = alwaysLogged(logger);
  const drain = (signal: string) => {
    log.info({ signal }, 'Answers the accepted requests, then ends');
    setTimeout(() => {
      log.error(`The ${program} did not end in time`);
      process.exit(1);
    }, milliseconds + CLOSING_MS).unref();
    running.close().catch((error: unknown) => {
      log.error({ err: error }, `The ${program} did not end cleanly`);
      process.exitCode = 1;
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, drain);
}

/** Errors of the language: no setting causes them, the program does. */
const FAULTS = [TypeError, ReferenceError, RangeError, SyntaxError];

/** Standard error, where the reason of a failed start goes. */
interface ErrorOutput {
  readonly isTTY: boolean;
  write(text: string): unknown;
}

/**
 * Reports why a program did not start, and sets exit code 1: by text if standard error is a terminal, else by a line of
 * the log. The message says what to do; a stack trace is added to faults of the program alone.
 */
export function reportFailedStart(program: string, error: unknown, output: ErrorOutput = process.stderr): void {
  process.exitCode = 1;
  const isFault = !(error instanceof Error) || FAULTS.some((each) => error instanceof each);
  const message = `The ${program} did not start.`;
  const problem = isFault ? 'This is a fault of the program. Report it with these lines:' : error.message;
  if (output.isTTY) output.write(`${message}\n${problem}\n${isFault ? `${inspect(error)}\n` : ''}`);
  else createLogger('info', output).fatal({ problem, ...(isFault && { err: error }) }, message);
}
