import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { auditLog } from '../../src/telemetry/audit-log.js';
import { openLog } from '../../src/telemetry/log.js';
import { LogStream } from '../../src/telemetry/log-stream.js';
import { createdId } from '../support/create-task-contact.js';
import { startTestGateway } from '../support/gateway.js';

const KIB = 1024;
const LINE = `${'x'.repeat(KIB - 1)}\n`;

/** Standard error as a test has it: it takes `room` bytes, then fails as a full pipe or a full disk does. */
class Sink {
  readonly writes: string[] = [];
  room = Number.POSITIVE_INFINITY;

  constructor(readonly code: 'EAGAIN' | 'ENOSPC' | 'EPIPE' = 'EAGAIN') {}

  readonly write = (bytes: Buffer): number => {
    if (this.room === 0) throw Object.assign(new Error(this.code), { code: this.code });
    const taken = bytes.subarray(0, this.room);
    this.room -= taken.length;
    this.writes.push(taken.toString());
    return taken.length;
  };

  text(): string {
    return this.writes.join('');
  }
}

function opened(code?: Sink['code']) {
  const sink = new Sink(code);
  const dropped: number[] = [];
  return { sink, dropped, stream: new LogStream({ write: sink.write, onDropped: (lines) => dropped.push(lines) }) };
}

const nextTick = () => new Promise<void>((resolve) => process.nextTick(resolve));

describe('Lines of the log', () => {
  it('are written together if they come in one turn of the event loop, in their order', async () => {
    const { sink, stream } = opened();
    for (const line of ['1\n', '2\n', '3\n']) stream.write(line);
    expect(sink.writes).toEqual([]);
    await nextTick();
    expect(sink.writes).toEqual(['1\n2\n3\n']);
    stream.write('4\n');
    await nextTick();
    expect(sink.writes).toEqual(['1\n2\n3\n', '4\n']);
  });

  it('are written at once when they are flushed, and not again', async () => {
    const { sink, stream } = opened();
    const logger = pino({ base: null, timestamp: false }, stream);
    logger.info('now');
    logger.flush();
    expect(sink.writes).toEqual(['{"level":30,"msg":"now"}\n']);
    await nextTick();
    expect(sink.writes).toHaveLength(1);
  });

  it('are reported to pino as written once they are', () => {
    const { sink, stream } = opened();
    stream.write('1\n');
    let wasWritten = false;
    stream.flush(() => {
      wasWritten = sink.writes.length === 1;
    });
    expect(wasWritten).toBe(true);
  });

  it('are written within a turn when they exceed 64 KiB', () => {
    const { sink, stream } = opened();
    for (let count = 0; count < 200; count++) stream.write(LINE);
    expect(sink.writes.length).toBeGreaterThanOrEqual(2);
    expect(sink.writes.every((text) => text.length <= 66 * KIB)).toBe(true);
  });
});

describe.each(['EAGAIN', 'ENOSPC', 'EPIPE'] as const)('While standard error fails with %s', (code) => {
  it('continues without waiting, and writes whole lines in order afterwards', async () => {
    const { sink, stream } = opened(code);
    sink.room = 5;
    stream.write('first\n');
    await nextTick();
    for (let count = 0; count < 100; count++) stream.write(`line ${count}\n`);
    stream.flush();
    stream.flushSync();
    expect(sink.text()).toBe('first');
    sink.room = Number.POSITIVE_INFINITY;
    await stream.written();
    expect(sink.text()).toBe(`first\n${Array.from({ length: 100 }, (_, count) => `line ${count}\n`).join('')}`);
  });

  it('keeps 1 MiB, drops and counts further lines, and reports their number afterwards', async () => {
    const { sink, stream, dropped } = opened(code);
    sink.room = 0;
    for (let count = 0; count < 3 * KIB; count++) stream.write(LINE);
    expect(stream.droppedLines).toBeGreaterThanOrEqual(2 * KIB - 1);
    expect(dropped).toEqual([]);
    sink.room = Number.POSITIVE_INFINITY;
    await stream.written();
    expect(dropped).toEqual([stream.droppedLines]);
    expect(sink.text().length / KIB + stream.droppedLines).toBe(3 * KIB);
    stream.write('after\n');
    await nextTick();
    expect(dropped).toHaveLength(1);
  });
});

describe('A line that must be kept', () => {
  it('is not dropped, however many wait', async () => {
    const { sink, stream } = opened();
    sink.room = 0;
    for (let count = 0; count < 2 * KIB; count++) stream.write(LINE);
    stream.keeping.write('kept\n');
    const written = stream.written();
    expect(written).toBeInstanceOf(Promise);
    sink.room = Number.POSITIVE_INFINITY;
    await written;
    expect(sink.text().endsWith('kept\n')).toBe(true);
    expect(stream.written()).toBeUndefined();
  });
});

describe('The gateway whose log cannot be written', () => {
  const failing = () => {
    const sink = new Sink('ENOSPC');
    return { sink, log: openLog('info', sink.write) };
  };

  it('answers mutations, and reports the number of lost lines', async () => {
    const { sink, log } = failing();
    await using gateway = await startTestGateway({ log, settings: { METRICS: 'on' } });
    sink.room = 0;
    for (let count = 0; count < 2 * KIB; count++) log.logger.info(LINE);
    expect(await createdId(gateway)).toMatch(/^[0-9a-f-]{36}$/);
    const metrics = await (await fetch(`${gateway.metricsUrl}`)).text();
    const [, lost] = /^gateway_log_dropped_lines (\d+)$/m.exec(metrics) ?? [];
    expect(Number(lost)).toBeGreaterThan(KIB / 2);
    sink.room = Number.POSITIVE_INFINITY;
    await log.written();
    await log.written();
    expect(sink.text()).toContain(`"lines":${lost}`);
  });

  it('holds the answer to a mutation back with AUDIT_LOG=required, and answers queries', async () => {
    const { sink, log } = failing();
    await using gateway = await startTestGateway({ log, settings: { AUDIT_LOG: 'required' } });
    await createdId(gateway);
    expect(sink.text()).toContain('"operation":"createTaskContact"');
    sink.room = 0;
    let isAnswered = false;
    const answer = createdId(gateway).finally(() => {
      isAnswered = true;
    });
    while (gateway.rows("select 1 from contact where channel = 'TASK'").length < 2) await nextTurn();
    expect(await gateway.ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
    expect(isAnswered).toBe(false);
    sink.room = Number.POSITIVE_INFINITY;
    expect(await answer).toMatch(/^[0-9a-f-]{36}$/);
    expect(sink.text().match(/"operation":"createTaskContact"/g)).toHaveLength(2);
  });

  it('writes the audit as before at LOG_LEVEL=silent: not at all, without holding anything back', () => {
    const { sink, log } = { sink: new Sink(), log: openLog('silent', new Sink().write) };
    const keep = auditLog(log, { taskNames: false, required: true });
    const record = { operation: 'x', instance: 'i', contacts: [], outcome: ['OK'], duration: 1 };
    const request = { id: 'r', caller: 'c', identity: undefined };
    expect(keep(request, { ...record, tokenHash: undefined, taskName: undefined })).toBeUndefined();
    expect(sink.writes).toEqual([]);
  });
});
