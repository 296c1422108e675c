import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';
import fc from 'fast-check';

/** Every regular expression of src/, by its text. */
function expressions(): readonly RegExp[] {
  const found = new Map<string, RegExp>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, pattern, flags } = node as Readonly<Record<string, string>>;
    if (type === 'RegExpLiteral') {
      const expression = new RegExp(pattern ?? '', flags);
      found.set(String(expression), expression);
    }
    for (const child of Object.values(node)) visit(child);
  };
  for (const file of globSync('src/**/*.ts')) {
    visit(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', decorators: true, target: 'esnext' }));
  }
  return [...found.values()];
}

const LENGTHS = [1_000, 10_000, 40_000, 100_000, 1_000_000];

/** Milliseconds of CPU for each character that a linear search stays far below on any machine. */
const MS_PER_CHARACTER = 0.001;
const SLACK_MS = 50;

/** Whether a search through texts of each length, up to a megabyte, takes time in proportion to the length. */
function isLinear(expression: RegExp, textOf: (length: number) => string): boolean {
  return LENGTHS.every((length) => {
    const text = textOf(length);
    const before = process.cpuUsage();
    text.replace(expression, '');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000 < SLACK_MS + length * MS_PER_CHARACTER;
  });
}

/** Texts that make an expression look ahead and give up: pieces of itself, and the marks of texts, repeated. */
function adversarial({ source }: RegExp) {
  const own = source.split(/\\[a-zA-Z]|[()[\]{}|*+?^$]/).map((piece) => piece.replaceAll('\\', ''));
  const piece = fc.constantFrom(...own.filter(Boolean), ...'aA0 :/.-="\'\\@?[]{}\n', '\\"', '["', '\\\n', 'é');
  const short = fc.array(piece, { maxLength: 4 }).map((pieces) => pieces.join(''));
  return fc.record({
    head: short,
    repeated: fc.oneof(
      piece,
      fc.tuple(piece, short).map((pair) => pair.join('')),
    ),
    tail: short,
  });
}

describe('A regular expression of src/', () => {
  const all = expressions();

  it('is found wherever it stands', () => {
    expect(all.length).toBeGreaterThan(30);
  });

  it.each(all.map((expression) => [String(expression), expression] as const))(
    'searches a megabyte in linear time: %s',
    (_text, expression) => {
      fc.assert(
        fc.property(adversarial(expression), ({ head, repeated, tail }) =>
          isLinear(expression, (length) => head + repeated.repeat(Math.ceil(length / repeated.length)) + tail),
        ),
        { numRuns: 150 },
      );
    },
    60_000,
  );

  it('notices an expression that is not linear', () => {
    const text = (length: number) => 'Did you mean '.repeat(length / 13);
    expect(isLinear(/ ?Did you mean .+\?$/s, text)).toBe(false);
    expect(isLinear(/"((?:[^"\\]|\\.){0,40})((?:[^"\\]|\\.)*)"/g, (length) => '\\"'.repeat(length / 2))).toBe(false);
  });
});
