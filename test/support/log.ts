import { type Logger, pino } from 'pino';

/** A log that is kept in memory. */
export interface MemoryLog {
  readonly logger: Logger;
  /** What was logged at a level, as one text. */
  at(level: 'debug' | 'info' | 'warn' | 'error'): string;
  /** All that was logged, as one text. */
  text(): string;
}

/** Makes a log that a test can read. */
export function memoryLog(): MemoryLog {
  const lines: string[] = [];
  return {
    logger: pino({ level: 'trace' }, { write: (line: string) => lines.push(line) }),
    text: () => lines.join(''),
    at(level) {
      const wanted = pino.levels.values[level];
      return lines.filter((line) => (JSON.parse(line) as { level: number }).level === wanted).join('');
    },
  };
}
