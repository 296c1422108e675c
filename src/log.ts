import { type Logger, pino } from 'pino';

/** Where a log line might come to hold what opens a door: the headers of a request or an answer, at any usual depth. */
const SECRETS = ['authorization', 'cookie', '"set-cookie"', '"x-amz-security-token"'].flatMap((name) =>
  ['headers', '*.headers', '*.*.headers'].map((place) =>
    name.startsWith('"') ? `${place}[${name}]` : `${place}.${name}`,
  ),
);

/** What takes the place of a secret. */
const CENSORED = '[redacted]';

/** The gateway's log: JSON lines on standard error, without secrets. */
export function createLogger(level: string, destination = pino.destination(2) as pino.DestinationStream): Logger {
  return pino({ level, redact: { paths: SECRETS, censor: CENSORED } }, destination);
}
