/**
 * Builds what is out of date, both parts at the same time:
 *   server: src → dist (tsc, incremental)
 *   page:   web → dist/graphiql (vite, skipped while nothing that it is made of has changed)
 * `node scripts/build.js server` builds that part alone.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const STAMP = 'dist/graphiql.stamp';
/** Is there while the page is being built: a gateway that runs meanwhile lets its visitors wait for the end. */
const MARK = 'dist/graphiql.building';
const PAGE_SOURCES = ['web/**/*.*', 'schema/operations/*', 'package-lock.json'];

function run(command, ...args) {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, [command, ...args], { stdio: 'inherit' }).on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with code ${code}`)),
    );
  });
}

/** Compiles the server. */
export async function buildServer() {
  await run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json');
}

/**
 * Sees whether GraphiQL's page must be built: anything that it is made of has changed.
 *
 * @returns builds it; from now on until then, a running gateway lets its visitors wait
 */
export function preparePage() {
  const hash = createHash('sha256');
  for (const file of globSync(PAGE_SOURCES).sort()) hash.update(file).update('\0').update(readFileSync(file));
  const fingerprint = hash.digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return async () => {};
  mkdirSync('dist', { recursive: true });
  writeFileSync(MARK, '');
  return async () => {
    try {
      await run(
        'node_modules/vite/bin/vite.js',
        'build',
        'web',
        '--config',
        'web/vite.config.js',
        '--logLevel',
        'warn',
      );
      writeFileSync(STAMP, fingerprint);
    } finally {
      rmSync(MARK, { force: true });
    }
  };
}

const PARTS = { server: buildServer, page: () => preparePage()() };

if (import.meta.main) {
  const asked = process.argv[2];
  try {
    await Promise.all(asked ? [PARTS[asked]()] : Object.values(PARTS).map((build) => build()));
  } catch (error) {
    console.error(`The build failed: ${error.message}`);
    process.exitCode = 1;
  }
}
