import { type DestinationStream, type Logger, pino } from 'pino';

/** Characters that may wait, at most: what is longer is handed over at once. */
const MAX_WAITING = 64 * 1024;

/** A destination that holds lines back for a moment. */
interface HeldLines extends DestinationStream {
  /** Hands over what waits. pino calls it with a callback, told when that is done. */
  flush(done?: () => void): void;
  /** The same: pino's name for it at the end of a process. */
  flushSync(): void;
}

/**
 * Lines that are written in one turn of the event loop are handed over together: those who share a commit have a line each
 * on record, and a write for each would take as long as half of what the engine decides (6 µs).
 *
 * @param destination writes at once
 */
export function linesByTurn(destination: DestinationStream): HeldLines {
  let waiting = '';
  const handOver = () => {
    if (waiting === '') return;
    const lines = waiting;
    waiting = '';
    destination.write(lines);
  };
  return {
    write(line) {
      if (waiting === '') process.nextTick(handOver);
      waiting += line;
      if (waiting.length > MAX_WAITING) handOver();
    },
    flush(done) {
      handOver();
      done?.();
    },
    flushSync: handOver,
  };
}

/** Where a log line might come to hold what opens a door: the headers of a request or an answer, at any usual depth. */
const SECRETS = ['authorization', 'cookie', '"set-cookie"', '"x-amz-security-token"'].flatMap((name) =>
  ['headers', '*.headers', '*.*.headers'].map((place) =>
    name.startsWith('"') ? `${place}[${name}]` : `${place}.${name}`,
  ),
);

/** What takes the place of a secret. */
const CENSORED = '[redacted]';

/**
 * The gateway's log: JSON lines, without secrets.
 *
 * @param destination Omitted: standard error, which gets the lines of a turn together, and what is left when the process ends
 */
export function createLogger(level: string, destination: DestinationStream = standardError()): Logger {
  return pino({ level, redact: { paths: SECRETS, censor: CENSORED } }, destination);
}

function standardError(): DestinationStream {
  const lines = linesByTurn(pino.destination({ dest: 2, sync: true }));
  process.once('exit', lines.flushSync);
  return lines;
}
