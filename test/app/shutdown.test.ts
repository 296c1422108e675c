import { afterEach, describe, expect, it } from '@jest/globals';
import { reportFailedStart } from '../../src/app/shutdown.js';

/** The lines that a failed start prints. */
function linesOf(error: unknown): readonly unknown[] {
  const lines: unknown[] = [];
  const { error: print } = console;
  console.error = (...parts) => lines.push(...parts);
  try {
    reportFailedStart('gateway', error);
  } finally {
    console.error = print;
  }
  return lines;
}

describe('A start that fails', () => {
  afterEach(() => {
    process.exitCode = undefined;
  });

  it('prints a message on what to do, without a stack trace', () => {
    expect(linesOf(new Error('PORT: set another port.'))).toEqual([
      'The gateway did not start.',
      'PORT: set another port.',
    ]);
    expect(process.exitCode).toBe(1);
  });

  it.each([new TypeError('x is undefined'), new RangeError('too deep'), 'thrown text'])(
    'prints a fault of the program whole: %s',
    (error) => {
      expect(linesOf(error)).toEqual([
        'The gateway did not start.',
        'This is a fault of the program. Report it with these lines:',
        error,
      ]);
    },
  );
});
