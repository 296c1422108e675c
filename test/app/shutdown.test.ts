import { afterEach, describe, expect, it } from '@jest/globals';
import { isImpatient, reportFailedStart } from '../../src/app/shutdown.js';

/** The text that a failed start writes to standard error. */
function reported(error: unknown, isTTY: boolean): string {
  let written = '';
  const write = (text: string) => {
    written += text;
  };
  reportFailedStart('gateway', error, { isTTY, write });
  return written;
}

afterEach(() => {
  process.exitCode = undefined;
});

describe('A start that fails at a terminal', () => {
  it('prints a message on what to do, without a stack trace', () => {
    expect(reported(new Error('PORT: set another port.'), true)).toBe(
      'The gateway did not start.\nPORT: set another port.\n',
    );
    expect(process.exitCode).toBe(1);
  });

  it.each([new TypeError('x is undefined'), new RangeError('too deep'), 'thrown text'])(
    'prints a fault of the program whole: %s',
    (error) => {
      const [first, second, ...rest] = reported(error, true).split('\n');
      expect([first, second]).toEqual([
        'The gateway did not start.',
        'This is a fault of the program. Report it with these lines:',
      ]);
      expect(rest.join('\n')).toContain(error instanceof Error ? (error.stack ?? '') : error);
    },
  );
});

describe('A start that fails elsewhere', () => {
  it('logs one line with what to do', () => {
    const text = reported(new Error('PORT: set another port.'), false);
    expect(text.trim().split('\n')).toHaveLength(1);
    expect(JSON.parse(text)).toMatchObject({
      level: 60,
      msg: 'The gateway did not start.',
      problem: 'PORT: set another port.',
    });
    expect(text).not.toContain('stack');
  });

  it('logs the stack of a fault of the program', () => {
    expect(JSON.parse(reported(new TypeError('x is undefined'), false))).toMatchObject({
      problem: 'This is a fault of the program. Report it with these lines:',
      err: { type: 'TypeError', message: 'x is undefined', stack: expect.stringContaining('    at ') },
    });
  });
});

describe('A further signal during the drain', () => {
  it.each([
    ['SIGTERM', 0, false],
    ['SIGTERM', 15_000, false],
    ['SIGINT', 20, false],
    ['SIGINT', 1_001, true],
  ] as const)('ends the program at once only if it is a second Ctrl-C: %s after %i ms', (signal, afterMs, expected) => {
    expect(isImpatient(signal, afterMs)).toBe(expected);
  });
});
