/**
 * Checks the imports of src/, `import type` included: against the list of rooms, against the table of packages, and for
 * circles. Biome's own rules see neither folders nor an order, and dependency-cruiser reads TypeScript below 7 only.
 */
import { globSync, readFileSync } from 'node:fs';
import { matchesGlob, posix } from 'node:path';
import { parseSync } from '@swc/core';
import { PACKAGES, REFUSED, ROOMS } from './rooms.ts';

const { dirname, join } = posix;

/** Source texts by their path in src/. */
export type Sources = ReadonlyMap<string, string>;

/** An import of one file of src/ by another. */
interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** Reports everything that is wrong with the imports, one sentence for each. */
export function faultsOf(sources: Sources): readonly string[] {
  const arrows: Arrow[] = [];
  const faults = [...sources.keys()].flatMap((file) => faultsOfPlace(file));
  for (const [from, text] of sources) {
    for (const name of importsOf(text)) {
      if (name.startsWith('.')) arrows.push({ from, to: join(dirname(from), name).replace(/\.js$/, '.ts') });
      else faults.push(...faultsOfPackage(from, name));
    }
  }
  return [...faults, ...arrows.flatMap(faultsOfArrow), ...circlesIn(arrows)];
}

/** Finds the module names that a source text imports, in any form and for values or types alike. */
function importsOf(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, source, callee, arguments: given, argument } = node as Readonly<Record<string, unknown>>;
    if (typeof type === 'string' && /^(Import|Export)/.test(type)) add(source);
    if ((callee as Node | undefined)?.type === 'Import')
      add((given as readonly { expression: unknown }[])[0]?.expression);
    if (type === 'TsImportType') add(argument);
    for (const child of Object.values(node)) visit(child);
  };
  const add = (literal: unknown) => {
    if ((literal as Node | undefined)?.type === 'StringLiteral') found.push((literal as { value: string }).value);
  };
  visit(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2024' }).body);
  return found;
}

interface Node {
  readonly type: string;
}

/** The room of a file: the first part of its path. */
const roomOf = (file: string) => file.split('/')[0] as string;

const isIn = (file: string, folder: string) => file.startsWith(`${folder}/`);

function faultsOfPlace(file: string): readonly string[] {
  const room = roomOf(file);
  return room in ROOMS ? [] : [`src/${file}: ${room} is not in the list of rooms. Add it to scripts/rooms.ts.`];
}

function faultsOfPackage(from: string, name: string): readonly string[] {
  const packageName = name.startsWith('@') ? name.split('/', 2).join('/') : (name.split('/')[0] as string);
  const places = Object.entries(PACKAGES).find(([pattern]) => matchesGlob(packageName, pattern))?.[1];
  if (places === undefined || places.some((place) => matchesGlob(from, place))) return [];
  return [`src/${from} imports ${name}, which only ${places.join(', ')} may import.`];
}

function faultsOfArrow({ from, to }: Arrow): readonly string[] {
  const refused = REFUSED.find((arrow) => isIn(from, arrow.from) && isIn(to, arrow.to));
  if (refused) return [`src/${from} imports src/${to}, but ${refused.because}.`];
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === other || below(room).has(other)) return [];
  return [`src/${from} imports src/${to}, but ${room} does not stand on ${other}.`];
}

/** All rooms that a room may import. */
function below(room: string): ReadonlySet<string> {
  const stands = ROOMS[room] ?? [];
  return new Set([...stands, ...stands.flatMap((other) => [...below(other)])]);
}

/**
 * Finds the circles: in each folder, its files and its subfolders are what imports and what is imported. So a file and
 * the folder beside it cannot import each other, nor can two folders, through whichever of their files.
 */
function circlesIn(arrows: readonly Arrow[]): readonly string[] {
  const folders = new Map<string, Map<string, Map<string, Arrow>>>();
  for (const arrow of arrows) {
    const [from, to] = [arrow.from.split('/'), arrow.to.split('/')];
    const depth = from.findIndex((part, index) => part !== to[index]);
    if (depth < 0) continue;
    const folder = from.slice(0, depth).join('/');
    const children = folders.get(folder) ?? new Map<string, Map<string, Arrow>>();
    const targets = children.get(from[depth] as string) ?? new Map<string, Arrow>();
    folders.set(folder, children.set(from[depth] as string, targets.set(to[depth] as string, arrow)));
  }
  return [...folders].flatMap(([folder, children]) => {
    const circle = circleIn(children);
    if (circle.length === 0) return [];
    const because = circle.map(({ from, to }) => `src/${from} imports src/${to}`).join(', ');
    return [`Circle in src/${folder}: ${because}.`];
  });
}

/** Finds one circle by walking in depth; empty if there is none. */
function circleIn(children: ReadonlyMap<string, ReadonlyMap<string, Arrow>>): readonly Arrow[] {
  const done = new Set<string>();
  const walk = (name: string, way: readonly string[], arrows: readonly Arrow[]): readonly Arrow[] => {
    if (way.includes(name)) return arrows.slice(way.indexOf(name));
    if (done.has(name)) return [];
    for (const [next, arrow] of children.get(name) ?? []) {
      const circle = walk(next, [...way, name], [...arrows, arrow]);
      if (circle.length > 0) return circle;
    }
    done.add(name);
    return [];
  };
  for (const name of children.keys()) {
    const circle = walk(name, [], []);
    if (circle.length > 0) return circle;
  }
  return [];
}

if (import.meta.main) {
  const files = globSync('**/*.ts', { cwd: 'src' }).sort();
  const faults = faultsOf(new Map(files.map((file) => [file, readFileSync(`src/${file}`, 'utf8')])));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) process.exitCode = 1;
}
