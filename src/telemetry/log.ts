import { type DestinationStream, type Logger, pino } from 'pino';
import { linesByTurn } from './lines-by-turn.js';

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
