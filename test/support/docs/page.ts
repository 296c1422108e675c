import { globSync, readFileSync } from 'node:fs';

/** A fenced block of a page. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The line of the page on which the block begins, from 1. */
  readonly line: number;
}

/** Pages of the documentation, README first. */
export const PAGES: readonly string[] = ['README.md', ...globSync('docs/**/*.md').sort()];

/** Reads the fenced blocks of a page, in their order. */
export function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(page, 'utf8');
  return [...text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(({ index, 1: language = '', 2: body = '' }) => ({
    language,
    text: body,
    line: text.slice(0, index).split('\n').length,
  }));
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/**
 * Compares an answer with the one that a page shows: all members are the same, except ids that the gateway generates
 * (version 7), instants, and what a page shortens by `…`.
 *
 * @returns the answer with the page's own values where they may differ
 */
export function asShown(actual: unknown, shown: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(shown)) return actual.map((item, index) => asShown(item, shown[index]));
  if (isObject(actual) && isObject(shown)) {
    return Object.fromEntries(Object.entries(actual).map(([key, value]) => [key, asShown(value, shown[key])]));
  }
  if (typeof actual !== 'string' || typeof shown !== 'string') return actual;
  const isGenerated = (text: string) => UUID.test(text) && text[14] === '7';
  const isSame =
    (isGenerated(actual) && isGenerated(shown)) ||
    (INSTANT.test(actual) && INSTANT.test(shown)) ||
    (shown.endsWith('…') && actual.startsWith(shown.slice(0, -1)));
  return isSame ? shown : actual;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
