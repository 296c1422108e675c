import type { Logger } from 'pino';

/** A fact about a program that has started. */
export interface Fact {
  /** Its member in the line of the log: `awsApi`. */
  readonly name: string;
  /** Its title at a terminal: `AWS API`. */
  readonly title: string;
  readonly value: string;
  /** A remark for people at a terminal. Default: none. */
  readonly hint?: string;
}

/** The message of a program that has started. */
export interface Announcement {
  /** One sentence: `The gateway is ready.` */
  readonly message: string;
  readonly facts: readonly Fact[];
  /** A first request, for people at a terminal. */
  readonly example: string;
}

/** A stream that may be a terminal. */
type Output = Pick<NodeJS.WriteStream, 'isTTY' | 'write'>;

/**
 * Announces that a program has started: by a text if standard output is a terminal, else by a line of the log. Every
 * LOG_LEVEL but `silent` lets the line pass, because it names the address of the program.
 */
export function announce({ message, facts, example }: Announcement, logger: Logger, output: Output = process.stdout) {
  if (!output.isTTY) {
    alwaysLogged(logger).info(Object.fromEntries(facts.map(({ name, value }) => [name, value])), message);
    return;
  }
  const width = Math.max(...facts.map(({ title }) => title.length));
  const lines = facts.map(
    ({ title, value, hint }) => `  ${title.padEnd(width)}  ${value}${hint === undefined ? '' : `  (${hint})`}`,
  );
  output.write(`\n${message}\n\n${lines.join('\n')}\n\n${example}\n\nStop with Ctrl+C.\n\n`);
}

/** Returns a logger of the program's own life: whatever LOG_LEVEL is, except `silent`. */
export function alwaysLogged(logger: Logger): Logger {
  return logger.child({}, { level: logger.level === 'silent' ? 'silent' : 'info' });
}
