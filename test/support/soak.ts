import { readdirSync, readFileSync } from 'node:fs';
import { resolveRelativeTimes } from '../../web/relative-times.js';
// By its own name: benchmarks load this without a compiler.
import { startProgram, urlOf } from './process.ts';

/** What a process holds after its garbage was collected, in bytes. */
export interface Memory {
  /** Objects of JavaScript, and what these keep outside of V8's heap. */
  readonly heap: number;
  readonly rss: number;
}

/** A gateway in a process of its own, which reports what it holds. */
export interface SoakedGateway {
  readonly url: string;
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

/** Quotas that no soak fills. */
const NO_QUOTAS = { CONNECT_QUOTAS: 'ActiveTasks=999999999' };

/**
 * Starts the built gateway so that its memory can be asked for.
 *
 * @param nodeOptions beside those that this needs
 */
export async function startSoakedGateway(
  settings: Readonly<Record<string, string>>,
  ...nodeOptions: string[]
): Promise<SoakedGateway> {
  const flags = ['--expose-gc', '--import', './test/support/report-memory.js', ...nodeOptions];
  const program = startProgram({ LOG_LEVEL: 'error', AUDIT_LOG: 'off', ...NO_QUOTAS, ...settings }, ...flags);
  const url = await urlOf(program);
  let asked = 0;
  return {
    url,
    async memory() {
      asked += 1;
      const reported = program.said(new RegExp(`memory ${asked}: (.*)\n`));
      program.child.kill('SIGUSR2');
      const [, text = ''] = await reported;
      return JSON.parse(text) as Memory;
    },
    async stop() {
      program.child.kill('SIGTERM');
      await program.exit;
    },
  };
}

const OPERATIONS = new URL('../../schema/operations/', import.meta.url);

/** A body for each of the ready operations but streams: creations, reads, searches, changes and refused input. */
export function soakBodies(): readonly string[] {
  const read = (file: string) => readFileSync(new URL(file, OPERATIONS), 'utf8');
  const files = readdirSync(OPERATIONS).filter(
    (file) => file.endsWith('.graphql') && !/^subscription /m.test(read(file)),
  );
  return files.map((file) => {
    const variables = resolveRelativeTimes(read(file.replace('.graphql', '.variables.json')), new Date());
    return JSON.stringify({ query: read(file), variables: JSON.parse(variables) });
  });
}

/**
 * The slope of the straight line that fits points best (least squares).
 *
 * @param points two at least, with different x
 */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([each]) => each)), mean(points.map(([, each]) => each))];
  const [together, alone] = points.reduce(
    ([product, square], [a, b]) => [product + (a - x) * (b - y), square + (a - x) ** 2],
    [0, 0],
  );
  return together / alone;
}
