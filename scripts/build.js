/**
 * Builds what is out of date, both parts at the same time:
 *   server: src → dist (tsc, without type checks: `npm run check` has them)
 *   page:   web → dist/graphiql (vite)
 * A fingerprint of its sources decides whether a part is out of date; one that is not needs no tool.
 * `node scripts/build.js server` builds that part alone.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { fingerprintOf, isFresh, markFresh } from './fingerprint.js';
import { runTool } from './tool.js';

const SERVER = {
  sources: ['src/**/*.ts', 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json'],
  stamp: 'dist/server.stamp',
};
const PAGE = { sources: ['web/**/*.*', 'schema/operations/*', 'package-lock.json'], stamp: 'dist/graphiql.stamp' };
/** Exists during a build of the page: a gateway that runs at that time lets browsers wait for the end. */
const MARK = 'dist/graphiql.building';
/** Maximum time to wait for the same build in another process, in milliseconds. */
const WAIT_MS = 120_000;

/** Compiles the server if it is out of date. Of several processes one compiles, and the others wait for it. */
export async function buildServer() {
  if (isFresh(SERVER.stamp, fingerprintOf(SERVER.sources))) return;
  mkdirSync('dist', { recursive: true });
  using lock = new DatabaseSync('dist/build.lock', { timeout: WAIT_MS });
  // SQLite's lock ends with the process, even with one that is killed.
  lock.exec('begin exclusive');
  const fingerprint = fingerprintOf(SERVER.sources);
  if (isFresh(SERVER.stamp, fingerprint)) return;
  rmSync(SERVER.stamp, { force: true });
  await runTool('typescript/bin/tsc', '--project', 'tsconfig.build.json');
  markFresh(SERVER.stamp, fingerprint);
}

/**
 * Decides whether GraphiQL's page must be built. If so, a running gateway lets browsers wait from now on.
 *
 * @returns {() => Promise<void>} builds the page if it is out of date
 */
export function preparePage() {
  const fingerprint = fingerprintOf(PAGE.sources);
  if (isFresh(PAGE.stamp, fingerprint)) return async () => {};
  mkdirSync('dist', { recursive: true });
  writeFileSync(MARK, '');
  return async () => {
    try {
      rmSync(PAGE.stamp, { force: true });
      await runTool('vite/bin/vite.js', 'build', 'web', '--config', 'web/vite.config.js', '--logLevel', 'warn');
      markFresh(PAGE.stamp, fingerprint);
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
