import { inspect } from 'node:util';
import type { Logger } from 'pino';
import { createLogger } from '../telemetry/log.js';
import { alwaysLogged } from './announce.js';

/** Time to close the database and the traces after DRAIN_TIMEOUT_MS, in milliseconds. */
const CLOSING_MS = 2_000;

/** Time in milliseconds in which a second SIGINT counts as the first: Ctrl-C reaches a program and npm, which passes it on. */
const SAME_SIGNAL_MS = 1_000;

/**
 * Checks whether a further signal asks for an exit at once: a second Ctrl-C does.
 *
 * @param afterMs time since the first signal, in milliseconds
 */
export function isImpatient(signal: NodeJS.Signals, afterMs: number): boolean {
  return signal === 'SIGINT' && afterMs > SAME_SIGNAL_MS;
}

/**
 * Ends a running program on SIGTERM or SIGINT, after it has answered the requests it accepted. The process exits when
 * the time is over, even if something still holds it: everything that was answered is stored.
 *
 * Another SIGTERM changes nothing, because a supervisor and npm may both send one, and a process that exits then would lose
 * answers. A second Ctrl-C exits at once.
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
  let drainingSince: number | undefined;
  const drain = (signal: NodeJS.Signals) => {
    if (drainingSince !== undefined) {
      if (isImpatient(signal, performance.now() - drainingSince)) {
        log.error({ signal }, 'Exits before the accepted requests are answered');
        process.exit(1);
      }
      return;
    }
    drainingSince = performance.now();
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
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, drain);
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
