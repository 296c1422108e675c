import { type DestinationStream, type Logger, pino } from 'pino';
import { LogStream } from './log-stream.js';

/** Log paths that may contain credentials: headers of a request or an answer, at each usual depth. */
const SECRETS = ['authorization', 'cookie', '"set-cookie"', '"x-amz-security-token"'].flatMap((name) =>
  ['headers', '*.headers', '*.*.headers'].map((place) =>
    name.startsWith('"') ? `${place}[${name}]` : `${place}.${name}`,
  ),
);

/** Replaces a secret. */
const CENSORED = '[redacted]';

/** The log of a process. */
export interface Log {
  readonly logger: Logger;
  /** Writes to the same stream. Its lines are never dropped, so that its user must await {@link written}. */
  readonly keeping: Logger;
  /** Resolves when all lines so far are written. Undefined if they are. */
  written(): Promise<void> | undefined;
  /** Lines that were dropped since the start. */
  droppedLines(): number;
}

/**
 * Opens the log of a process: JSON lines on standard error, which gets the rest when the process ends.
 *
 * @param write writes bytes. Default: to standard error, without waiting for a reader
 */
export function openLog(level: string, write?: (bytes: Buffer) => number): Log {
  const stream = new LogStream({
    ...(write && { write }),
    onDropped: (lines) => logger.warn({ lines }, 'Standard error took no lines for a while: some were dropped'),
  });
  const logger = createLogger(level, stream);
  process.once('exit', () => stream.flushSync());
  return {
    logger,
    keeping: createLogger(level, stream.keeping),
    written: () => stream.written(),
    droppedLines: () => stream.droppedLines,
  };
}

/** Makes a logger of JSON lines without secrets. */
export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino({ level, redact: { paths: SECRETS, censor: CENSORED } }, destination);
}

/** Makes a log of a logger that loses nothing, such as one in memory. */
export function logOf(logger: Logger): Log {
  return { logger, keeping: logger, written: () => undefined, droppedLines: () => 0 };
}
