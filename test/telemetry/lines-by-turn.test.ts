import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { linesByTurn } from '../../src/telemetry/log.js';

function recorder() {
  const writes: string[] = [];
  return { writes, lines: linesByTurn({ write: (text) => void writes.push(text) }) };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

describe('Lines of the log', () => {
  it('that are written in one turn are handed over together, in their order', async () => {
    const { writes, lines } = recorder();
    for (const line of ['1\n', '2\n', '3\n']) lines.write(line);
    expect(writes).toEqual([]);
    await nextTick();
    expect(writes).toEqual(['1\n2\n3\n']);
    lines.write('4\n');
    await nextTick();
    expect(writes).toEqual(['1\n2\n3\n', '4\n']);
  });

  it('do not wait for the turn to end when asked for, and are written once', async () => {
    const { writes, lines } = recorder();
    const logger = pino({ base: null, timestamp: false }, lines);
    logger.info('now');
    logger.flush();
    expect(writes).toEqual(['{"level":30,"msg":"now"}\n']);
    await nextTick();
    expect(writes).toHaveLength(1);
  });

  it('are told to pino as written when they are', () => {
    const { writes, lines } = recorder();
    lines.write('1\n');
    let wasWritten = false;
    lines.flush(() => {
      wasWritten = writes.length === 1;
    });
    expect(wasWritten).toBe(true);
  });

  it('do not pile up within a turn', () => {
    const { writes, lines } = recorder();
    const line = `${'x'.repeat(1023)}\n`;
    for (let nth = 0; nth < 200; nth++) lines.write(line);
    expect(writes.length).toBeGreaterThanOrEqual(2);
    expect(writes.every((text) => text.length <= 66 * 1024)).toBe(true);
  });
});
