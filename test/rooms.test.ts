import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { faultsOf } from '../scripts/check-rooms.js';
import { ROOMS } from '../scripts/rooms.js';

const faultsIn = (sources: Readonly<Record<string, string>>) => faultsOf(new Map(Object.entries(sources)));

describe('The list of rooms', () => {
  it('names each file and folder of src/', () => {
    expect(Object.keys(ROOMS).sort()).toEqual(readdirSync('src').sort());
  });

  it('lets each room stand on rooms further down only', () => {
    const rooms = Object.keys(ROOMS);
    for (const [room, below] of Object.entries(ROOMS)) {
      for (const other of below)
        expect({ room, other, below: rooms.indexOf(other) > rooms.indexOf(room) }).toMatchObject({ below: true });
    }
  });
});

describe('The check of the rooms', () => {
  it('finds no fault in the sources', () => {
    const files = globSync('**/*.ts', { cwd: 'src' });
    expect(faultsOf(new Map(files.map((file) => [file, readFileSync(`src/${file}`, 'utf8')])))).toEqual([]);
  });

  it.each([
    ["import { a } from '../http/a.js';"],
    ["import type { A } from '../http/a.js';"],
    ["import { type A } from '../http/a.js';"],
    ["import '../http/a.js';"],
    ["export * from '../http/a.js';"],
    ["export { a } from '../http/a.js';"],
    ["export type { A } from '../http/a.js';"],
    ["export const a = () => import('../http/a.js');"],
    ["export type A = import('../http/a.js').A;"],
    ["export class B { constructor(@Inject() readonly a: typeof import('../http/a.js')) {} }"],
  ])('refuses an import from a room further up: %s', (text) => {
    expect(faultsIn({ 'graphql/b.ts': text })).toEqual([
      'src/graphql/b.ts imports src/http/a.ts, but graphql does not stand on http.',
    ]);
  });

  it('refuses an import between two rooms that stand side by side', () => {
    expect(faultsIn({ 'aws/b.ts': "import { a } from '../engine/a.js';" })).toEqual([
      'src/aws/b.ts imports src/engine/a.ts, but aws does not stand on engine.',
    ]);
  });

  it('accepts an import of a room that lies several floors down', () => {
    expect(faultsIn({ 'http/b.ts': "import { a } from '../util/a.js';" })).toEqual([]);
  });

  it('refuses an arrow that the list allows but a rule of its own forbids', () => {
    expect(faultsIn({ 'engine/store/b.ts': "import { a } from '../../validation/a.js';" })).toEqual([
      'src/engine/store/b.ts imports src/validation/a.ts, but the store keeps rows and knows no rules.',
    ]);
  });

  it.each([
    ['engine/a.ts', 'kysely'],
    ['policies/around-call/tokens.ts', 'pg'],
    ['engine/store/sqlite.ts', 'pg'],
    ['app/a.ts', 'node:sqlite'],
    ['graphql/a.ts', 'fastify'],
    ['app/a.ts', '@apollo/server/errors'],
    ['validation/a.ts', 'graphql'],
    ['graphql/a.ts', 'class-validator'],
    ['policies/a.ts', '@aws-sdk/client-connect'],
    ['http/a.ts', 'node:process'],
  ])('refuses in src/%s the package %s', (file, name) => {
    expect(faultsIn({ [file]: `import type { A } from '${name}';` })).toEqual([
      expect.stringMatching(`^src/${file} imports ${name}, which only .* may import\\.$`),
    ]);
  });

  it.each([
    ['engine/store/postgres-pool.ts', 'pg'],
    ['policies/around-call/budget/postgres-tokens.ts', 'pg'],
    ['pipeline/a.ts', '@apollo/server/errors'],
    ['util/a.ts', 'node:crypto'],
  ])('accepts in src/%s the package %s', (file, name) => {
    expect(faultsIn({ [file]: `import type { A } from '${name}';` })).toEqual([]);
  });

  it('refuses a circle of files that know only types of each other', () => {
    const circle = faultsIn({
      'util/a.ts': "import type { B } from './b.js';",
      'util/b.ts': "import type { C } from './c.js';",
      'util/c.ts': "import type { A } from './a.js';",
    });
    expect(circle).toEqual([
      'Circle in src/util: src/util/a.ts imports src/util/b.ts, src/util/b.ts imports src/util/c.ts, src/util/c.ts imports src/util/a.ts.',
    ]);
  });

  it('refuses a circle of two folders through different files', () => {
    const circle = faultsIn({
      'engine/decide/a.ts': "import { a } from '../commit/a.js';",
      'engine/commit/b.ts': "import { b } from '../decide/b.js';",
    });
    expect(circle).toEqual([expect.stringMatching('^Circle in src/engine: ')]);
  });

  it('refuses a circle of a file and the folder beside it', () => {
    const circle = faultsIn({
      'engine/open.ts': "import { a } from './seed/a.js';",
      'engine/seed/b.ts': "import { b } from '../open.js';",
    });
    expect(circle).toEqual([expect.stringMatching('^Circle in src/engine: ')]);
  });

  it('refuses a file outside the rooms', () => {
    expect(faultsIn({ 'tools/a.ts': '' })).toEqual([
      'src/tools/a.ts: tools is not in the list of rooms. Add it to scripts/rooms.ts.',
    ]);
  });
});
