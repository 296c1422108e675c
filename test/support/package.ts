import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The files that the package is made from. */
const SOURCES = [
  ...['package.json', 'package-lock.json', '.npmrc', 'tsconfig.json', 'tsconfig.build.json', 'README.md', 'LICENSE'],
  ...['CHANGELOG.md', 'SECURITY.md', 'src', 'web', 'dist', 'schema', 'docs', 'scripts'],
];

/** Runs npm in a folder. Returns its output; throws an error with it if npm fails. */
export function npm(folder: string, ...command: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', [...command, '--no-audit', '--no-fund'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  });
  if (status !== 0) throw new Error(`npm ${command.join(' ')} ended with ${status}: ${stderr}`);
  return stdout;
}

/**
 * Makes the package by `npm pack`, in a copy: it writes another package.json meanwhile.
 *
 * @returns the path of the tarball
 */
export function pack(folder: string): string {
  const copy = join(folder, 'project');
  mkdirSync(copy);
  for (const name of SOURCES) cpSync(name, join(copy, name), { recursive: true, preserveTimestamps: true });
  symlinkSync(resolve('node_modules'), join(copy, 'node_modules'));
  const before = readFileSync(join(copy, 'package.json'), 'utf8');
  npm(copy, 'pack', '--pack-destination', folder);
  if (readFileSync(join(copy, 'package.json'), 'utf8') !== before) throw new Error('npm pack changed package.json');
  const { name, version } = JSON.parse(before) as { readonly name: string; readonly version: string };
  return join(folder, `${name}-${version}.tgz`);
}
