import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseSync } from '@swc/core';

/** First words with which a title is a fragment: connectives, prepositions, auxiliaries, articles, pronouns. */
const FRAGMENTS =
  // cspell:disable-next-line
  'a all also among an and as at be been between beyond both but by can cannot each even every for from however if in it its may might must neither no none nor not nothing of on once one only or over quiet shall should so still than that the then they through till to too under unless until was were what whatever when where whether which while who whoever will with within without would'.split(
    ' ',
  );

interface Node {
  readonly type?: string;
  readonly callee?: Node;
  readonly object?: Node;
  readonly value?: unknown;
  readonly arguments?: readonly { readonly expression: Node }[];
}

/** The function that a call chain begins with: `it` of it.each(table)(title, run). */
function rootOf(node: Node | undefined): unknown {
  if (node?.type === 'Identifier') return node.value;
  return node && rootOf(node.callee ?? node.object);
}

/** Titles of the tests of a file, by `it` and `it.each`. */
function titlesOf(file: string): readonly string[] {
  const titles: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, callee, arguments: given } = node as Node;
    const title = given?.[0]?.expression;
    if (type === 'CallExpression' && rootOf(callee) === 'it' && title?.type === 'StringLiteral') {
      titles.push(String(title.value));
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(readFileSync(file, 'utf8'), { syntax: 'typescript', decorators: true }));
  return titles;
}

describe('A title of a test', () => {
  it.each(globSync('test/**/*.ts').sort())('stands alone in %s', (file) => {
    const fragments = titlesOf(file).filter((title) =>
      FRAGMENTS.includes(title.split(/[\s,:]/)[0]?.toLowerCase() ?? ''),
    );
    expect(fragments).toEqual([]);
  });

  it('is found in every form of `it`', () => {
    expect(titlesOf('test/titles.test.ts')).toEqual(['stands alone in %s', 'is found in every form of `it`']);
  });
});
