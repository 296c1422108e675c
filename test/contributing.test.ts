import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const CONTRIBUTING = readFileSync('CONTRIBUTING.md', 'utf8');

/** The map of src/: each line names a file or a folder by its indentation, and says what it holds. */
function placesOnMap(): readonly string[] {
  const [, map = ''] = /^ {4}src\/\n((?: {6}.*\n)+)/m.exec(CONTRIBUTING) ?? [];
  const parents: string[] = [];
  return map
    .trimEnd()
    .split('\n')
    .map((line) => {
      const [, indent = '', name = ''] = /^( +)(\S+) +\S/.exec(line) ?? [];
      const depth = (indent.length - 6) / 2;
      parents.length = depth;
      parents.push(name);
      return parents.join('');
    });
}

describe('CONTRIBUTING', () => {
  it('maps each folder of src/, and each file at its top, once and with a line on its content', () => {
    const folders = globSync('**/', { cwd: 'src' })
      .filter((name) => name !== '.')
      .map((name) => `${name.replace(/\/$/, '')}/`);
    expect([...placesOnMap()].sort()).toEqual([...folders, ...globSync('*.ts', { cwd: 'src' })].sort());
  });

  it('shows the way of a creation in 12 steps, each through a file that exists', () => {
    const [, way = ''] = /### The way of a creation\n([\s\S]*?)\n## /.exec(CONTRIBUTING) ?? [];
    const files = [...way.matchAll(/^\| \d+ +\| `(src\/\S+\.ts)` /gm)].map(([, file]) => file as string);
    expect(files).toHaveLength(12);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
  });

  it('says of each dependency why it is there', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      readFileSync('package.json', 'utf8'),
    ) as Readonly<Record<string, Readonly<Record<string, string>>>>;
    const rows = [...CONTRIBUTING.matchAll(/^\| ((?:@?[\w./\\*-]+, )*@?[\w./\\*-]+) +\| \S/gm)];
    const named = rows.flatMap(([, names = '']) => names.replaceAll('\\', '').split(', '));
    const missing = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies }).filter(
      (name) =>
        !named.some((pattern) => pattern === name || (pattern.endsWith('/*') && name.startsWith(pattern.slice(0, -1)))),
    );
    expect(missing).toEqual([]);
  });
});

describe('The documents', () => {
  it.each(['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...globSync('docs/**/*.md')])(
    'name only files that exist: %s',
    (page) => {
      const text = readFileSync(page, 'utf8').replaceAll(/https?:\/\/[^\s)]+/g, '');
      const paths = [...text.matchAll(/\b(?:src|test|scripts|bench|examples|web|schema|docs)\/[\w./-]*\w\/?/g)].map(
        ([path]) => path,
      );
      expect(paths.filter((path) => !existsSync(path))).toEqual([]);
    },
  );
});
