/**
 * Builds what is out of date, both parts at the same time:
 *   server: src → dist (tsc, incremental)
 *   page:   web → dist/graphiql (vite, skipped while nothing that it is made of has changed)
 * `node scripts/build.js server` builds that part alone.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

const STAMP = 'dist/graphiql.stamp';
const PAGE_SOURCES = ['web/**/*.*', 'schema/operations/*', 'package-lock.json'];

function run(command, ...args) {
  return new Promise((resolve, reject) => {
    spawn(process.execPath, [command, ...args], { stdio: 'inherit' }).on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with code ${code}`)),
    );
  });
}

async function buildServer() {
  await run('node_modules/typescript/bin/tsc', '--project', 'tsconfig.build.json');
}

async function buildPage() {
  const hash = createHash('sha256');
  for (const file of globSync(PAGE_SOURCES).sort()) hash.update(file).update('\0').update(readFileSync(file));
  const fingerprint = hash.digest('hex');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === fingerprint) return;
  await run('node_modules/vite/bin/vite.js', 'build', 'web', '--config', 'web/vite.config.js', '--logLevel', 'warn');
  mkdirSync('dist', { recursive: true });
  writeFileSync(STAMP, fingerprint);
}

const parts = { server: buildServer, page: buildPage };
const asked = process.argv[2];
try {
  await Promise.all(asked ? [parts[asked]()] : Object.values(parts).map((build) => build()));
} catch (error) {
  console.error(`The build failed: ${error.message}`);
  process.exitCode = 1;
}
